#include "tessera/comm/collectives.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "harness/seed.hpp"
#include "harness/world.hpp"
#include "tessera/comm/session.hpp"
#include "tessera/core/codes.hpp"

// Each rank knows what every other one contributes (`value_of`), and so can work out the answer alone.
namespace tessera::comm {
namespace {

using harness::world;

/// What a rank puts at a place: within 0 to 30, so that a sum over 4 ranks fits a byte.
template <class T>
T value_of(int rank, std::size_t place) {
    return static_cast<T>((harness::seed() + 7 * static_cast<std::size_t>(rank) + 13 * place + 5) % 31);
}

template <class T>
std::vector<T> values_of(int rank, std::size_t length) {
    std::vector<T> values(length);
    for (std::size_t i = 0; i < length; ++i)
        values[i] = value_of<T>(rank, i);
    return values;
}

template <class T>
std::vector<T> reduced(Reduction reduction, std::size_t length) {
    std::vector<T> all = values_of<T>(0, length);
    for (int rank = 1; rank < world().size(); ++rank)
        for (std::size_t i = 0; i < length; ++i) {
            T const value = value_of<T>(rank, i);
            switch (reduction) {
                case Reduction::sum:
                    all[i] = static_cast<T>(all[i] + value);
                    break;
                case Reduction::min:
                    all[i] = std::min(all[i], value);
                    break;
                case Reduction::max:
                    all[i] = std::max(all[i], value);
                    break;
            }
        }
    return all;
}

template <class T>
class OfEachNumber : public testing::Test {};
using Numbers =
    testing::Types<std::uint8_t, std::uint16_t, std::int32_t, std::uint32_t, std::int64_t, std::uint64_t, double>;
TYPED_TEST_SUITE(OfEachNumber, Numbers);

TYPED_TEST(OfEachNumber, AllreduceGivesEveryRankTheReduction) {
    for (Reduction const reduction : {Reduction::sum, Reduction::min, Reduction::max})
        for (std::size_t const length : {0U, 1U, 2U, 1000U}) {
            auto values = values_of<TypeParam>(world().rank(), length);
            allreduce(world(), reduction, std::span(values));
            EXPECT_EQ(values, reduced<TypeParam>(reduction, length));
        }
}

TYPED_TEST(OfEachNumber, AllreduceOfOneNumber) {
    TypeParam const mine = value_of<TypeParam>(world().rank(), 0);
    EXPECT_EQ(allreduce(world(), Reduction::sum, mine), reduced<TypeParam>(Reduction::sum, 1)[0]);
    EXPECT_EQ(allreduce(world(), Reduction::min, mine), reduced<TypeParam>(Reduction::min, 1)[0]);
}

TYPED_TEST(OfEachNumber, ReduceToRootGivesTheRootTheReduction) {
    for (Reduction const reduction : {Reduction::sum, Reduction::min, Reduction::max})
        for (std::size_t const length : {0U, 1U, 1000U}) {
            auto values = values_of<TypeParam>(world().rank(), length);
            reduce_to_root(world(), reduction, std::span(values));
            EXPECT_TRUE(!world().is_root() || values == reduced<TypeParam>(reduction, length));
        }
}

TYPED_TEST(OfEachNumber, BroadcastFromEachRank) {
    for (int root = 0; root < world().size(); ++root)
        for (std::size_t const length : {0U, 1U, 1000U}) {
            auto values = values_of<TypeParam>(world().rank(), length);
            broadcast(world(), std::span(values), root);
            EXPECT_EQ(values, values_of<TypeParam>(root, length));
        }
}

TYPED_TEST(OfEachNumber, AllgatherIsInTheOrderOfRanks) {
    auto const all = allgather(world(), value_of<TypeParam>(world().rank(), 3));
    ASSERT_EQ(all.size(), static_cast<std::size_t>(world().size()));
    for (int rank = 0; rank < world().size(); ++rank)
        EXPECT_EQ(all[static_cast<std::size_t>(rank)], value_of<TypeParam>(rank, 3));
}

TYPED_TEST(OfEachNumber, AllgatherAllPutsListsOfAnyLengthInTheOrderOfRanks) {
    // the second round has empty lists, the third nothing at all
    for (std::size_t const step : {3U, 1U, 0U}) {
        auto const length_of = [&](int rank) {
            return step * static_cast<std::size_t>(step == 1 ? rank % 2 : rank + 1) * 10;
        };
        std::vector<TypeParam> want;
        for (int rank = 0; rank < world().size(); ++rank)
            for (TypeParam const value : values_of<TypeParam>(rank, length_of(rank)))
                want.push_back(value);
        auto const mine = values_of<TypeParam>(world().rank(), length_of(world().rank()));
        EXPECT_EQ(allgather_all(world(), std::span<TypeParam const>(mine)), want);
    }
}

TYPED_TEST(OfEachNumber, AllToAllIsATransposition) {
    auto const mine = values_of<TypeParam>(world().rank(), static_cast<std::size_t>(world().size()));
    auto const received = all_to_all(world(), std::span<TypeParam const>(mine));
    ASSERT_EQ(received.size(), mine.size());
    for (int from = 0; from < world().size(); ++from)
        EXPECT_EQ(received[static_cast<std::size_t>(from)],
                  value_of<TypeParam>(from, static_cast<std::size_t>(world().rank())));
}

TEST(Collectives, NegativeAndLargeNumbersKeepTheirValue) {
    std::int64_t const big = std::int64_t{1} << 60;
    EXPECT_EQ(allreduce(world(), Reduction::min, -big + world().rank()), -big);
    EXPECT_EQ(allreduce(world(), Reduction::max, std::int32_t{-5 - world().rank()}), -5);
    EXPECT_EQ(allreduce(world(), Reduction::sum, std::uint64_t{1} << 40),
              (std::uint64_t{1} << 40) * static_cast<std::uint64_t>(world().size()));
}

TEST(Collectives, ExclusiveSumIsOverLowerRanks) {
    auto const share = [](int rank) { return (std::uint64_t{1} << 33) + static_cast<std::uint64_t>(rank * rank); };
    std::uint64_t want = 0;
    for (int rank = 0; rank < world().rank(); ++rank)
        want += share(rank);
    EXPECT_EQ(exclusive_sum(world(), share(world().rank())), want);
    EXPECT_EQ(exclusive_sum(world(), 0), 0U);

    std::vector<std::uint64_t> many = values_of<std::uint64_t>(world().rank(), 500), sums(500, 0);
    for (int rank = 0; rank < world().rank(); ++rank)
        for (std::size_t i = 0; i < sums.size(); ++i)
            sums[i] += value_of<std::uint64_t>(rank, i);
    exclusive_sum(world(), std::span(many));
    EXPECT_EQ(many, sums);
    exclusive_sum(world(), std::span<std::uint64_t>());
}

TEST(Collectives, BroadcastResizedBringsItsLength) {
    for (int root = 0; root < world().size(); ++root)
        for (std::size_t const length : {0U, 1U, 5000U}) {
            std::vector<std::uint32_t> list(static_cast<std::size_t>(world().rank()) * 3, 9);
            std::string text(static_cast<std::size_t>(world().rank()), 'x');
            if (world().rank() == root) list = values_of<std::uint32_t>(root, length), text = std::string(length, 'y');
            broadcast_resized(world(), list, root);
            broadcast_resized(world(), text, root);
            EXPECT_EQ(list, values_of<std::uint32_t>(root, length));
            EXPECT_EQ(text, std::string(length, 'y'));
        }
}

TEST(Collectives, QuantitiesEnumerationsAndBytesTravel) {
    std::vector<core::Cents> cents{{-250}, {world().rank()}};
    allreduce(world(), Reduction::sum, std::span(cents));
    EXPECT_EQ(cents[0], core::Cents{-250 * world().size()});
    EXPECT_EQ(cents[1], core::Cents{world().size() * (world().size() - 1) / 2});
    auto const sources = allgather(world(), world().is_root() ? core::Source::green : core::Source::yellow);
    EXPECT_EQ(sources.front(), core::Source::green);
    EXPECT_EQ(sources.back(), world().size() == 1 ? core::Source::green : core::Source::yellow);
    EXPECT_EQ(allgather(world(), std::byte{7}).back(), std::byte{7});
    EXPECT_EQ(allgather(world(), static_cast<char>('a' + world().rank())).back(), 'a' + world().size() - 1);
}

TEST(Collectives, MoreElementsThanOneCallIsGivenTravelInParts) {
    if (world().size() != 2) GTEST_SKIP() << "once is enough: it takes 128 MiB a rank";
    std::vector<std::uint8_t> bytes(elements_a_call + 5, world().is_root() ? 1 : 0);
    if (world().is_root()) bytes[elements_a_call - 1] = 2, bytes[elements_a_call] = 3, bytes.back() = 4;
    broadcast(world(), std::span(bytes));
    EXPECT_EQ(bytes[elements_a_call - 2], 1);
    EXPECT_EQ(bytes[elements_a_call - 1], 2);
    EXPECT_EQ(bytes[elements_a_call], 3);
    EXPECT_EQ(bytes[elements_a_call + 1], 1);
    EXPECT_EQ(bytes.back(), 4);
    allreduce(world(), Reduction::sum, std::span(bytes));
    EXPECT_EQ(bytes[elements_a_call], 6);
    EXPECT_EQ(bytes.front(), 2);
    EXPECT_EQ(bytes.back(), 8);
}

TEST(Collectives, NoRankPassesABarrierBeforeTheLastHasCome) {
    // After each barrier a rank sends a message to the next one, which must not find it there before that barrier.
    int const size = world().size(), next = (world().rank() + 1) % size, tag = 99;
    for (int round = 0; round < 20; ++round) {
        int early = 0;
        check(MPI_Iprobe(MPI_ANY_SOURCE, tag, world().handle(), &early, MPI_STATUS_IGNORE), "MPI_Iprobe");
        EXPECT_EQ(early, 0) << "a rank has passed the barrier of round " << round;
        barrier(world());
        int const mine = round;
        int got = -1;
        check(MPI_Sendrecv(&mine, 1, MPI_INT, next, tag, &got, 1, MPI_INT, (world().rank() + size - 1) % size, tag,
                           world().handle(), MPI_STATUS_IGNORE),
              "MPI_Sendrecv");
        EXPECT_EQ(got, round);
    }
}

TEST(Communicator, ASplitByNodeHoldsAllRanksOfOneMachine) {
    Communicator const node = split_by_node(world());
    EXPECT_EQ(allreduce(node, Reduction::sum, 1), node.size());
    EXPECT_LE(node.size(), world().size());
    Communicator const copy = node;
    EXPECT_EQ(copy.handle(), node.handle());
    EXPECT_EQ(copy.rank(), node.rank());
}

TEST(Communicator, AWrongCallThrowsInMpisWords) {
    std::vector<int> one{1};
    try {
        broadcast(world(), std::span(one), world().size());
        FAIL() << "there is no such root";
    } catch (MpiError const& error) {
        EXPECT_NE(std::string(error.what()).find("MPI_Bcast failed: "), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("root"), std::string::npos) << error.what();
    }
}

TEST(Session, IsWhatTheLauncherStarted) {
    EXPECT_EQ(rank_by_launcher(), world().rank());
    EXPECT_NE(std::string(library_name()).find("MPI"), std::string::npos) << library_name();
    int level = MPI_THREAD_SINGLE;
    check(MPI_Query_thread(&level), "MPI_Query_thread");
    EXPECT_GE(level, MPI_THREAD_FUNNELED);
}

}  // namespace
}  // namespace tessera::comm
