#include "tessera/comm/exchange.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <tuple>

#include "harness/seed.hpp"
#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/core/units.hpp"

namespace tessera::comm {
namespace {

using harness::world;

/// How many elements each rank sends to each; the same on every rank, since all draw from the same seed.
class Plan {
  public:
    using Draw = std::uint64_t (*)(std::mt19937_64&, int from, int to);
    explicit Plan(Draw draw, std::uint64_t round = 0) {
        std::mt19937_64 random(harness::seed() + round);
        for (int from = 0; from < world().size(); ++from)
            for (int to = 0; to < world().size(); ++to)
                counts_.push_back(draw(random, from, to));
    }
    std::uint64_t count(int from, int to) const {
        return counts_[static_cast<std::size_t>(from * world().size() + to)];
    }
    std::vector<std::uint64_t> sent_by(int rank) const {
        std::vector<std::uint64_t> counts;
        for (int to = 0; to < world().size(); ++to)
            counts.push_back(count(rank, to));
        return counts;
    }
    std::vector<std::uint64_t> received_by(int rank) const {
        std::vector<std::uint64_t> counts;
        for (int from = 0; from < world().size(); ++from)
            counts.push_back(count(from, rank));
        return counts;
    }

  private:
    std::vector<std::uint64_t> counts_;
};

/// An element that says where it comes from, where it goes and which one it is.
std::uint32_t element(int from, int to, std::uint64_t i) {
    return static_cast<std::uint32_t>(from << 28 | to << 24) | static_cast<std::uint32_t>(i);
}

void expect_exchanged(Plan const& plan, std::size_t limit) {
    int const me = world().rank();
    std::vector<std::uint32_t> send, want;
    for (int other = 0; other < world().size(); ++other) {
        for (std::uint64_t i = 0; i < plan.count(me, other); ++i)
            send.push_back(element(me, other, i));
        for (std::uint64_t i = 0; i < plan.count(other, me); ++i)
            want.push_back(element(other, me, i));
    }
    auto const got =
        exchange(world(), std::span<std::uint32_t const>(send), plan.sent_by(me), plan.received_by(me), limit);
    EXPECT_EQ(got, want) << "limit " << limit;
}

TEST(Exchange, EachElementArrivesInItsPlaceInPiecesOfAnyLength) {
    for (std::uint64_t round = 0; round < 5; ++round) {
        Plan const plan([](std::mt19937_64& random, int, int) { return std::uint64_t{random() % 300}; }, round);
        for (std::size_t const limit :
             {std::size_t{1}, std::size_t{3}, std::size_t{4}, std::size_t{64}, std::size_t{1199}, message_limit_bytes})
            expect_exchanged(plan, limit);
    }
}

TEST(Exchange, WithNothingToSend) {
    expect_exchanged(Plan([](std::mt19937_64&, int, int) { return std::uint64_t{0}; }), 7);
}

TEST(Exchange, WithRanksThatSendOrGetNothing) {
    expect_exchanged(Plan([](std::mt19937_64&, int from, int) { return std::uint64_t{from == 0 ? 50U : 0U}; }), 16);
    expect_exchanged(Plan([](std::mt19937_64&, int, int to) { return std::uint64_t{to == 0 ? 50U : 0U}; }), 16);
    expect_exchanged(Plan([](std::mt19937_64& random, int, int) { return std::uint64_t{random() % 2 * 40}; }), 16);
}

TEST(Exchange, WithoutOneselfAndWithOnlyOneself) {
    expect_exchanged(Plan([](std::mt19937_64&, int from, int to) { return std::uint64_t{from == to ? 0U : 20U}; }), 9);
    expect_exchanged(Plan([](std::mt19937_64&, int from, int to) { return std::uint64_t{from == to ? 20U : 0U}; }), 9);
}

TEST(Exchange, OfALotTakesMessagesThatDoNotFitABuffer) {
    // More than MPI sends without the receiver's consent, so that a wrong order of sends would stand still here.
    expect_exchanged(Plan([](std::mt19937_64& random, int, int) { return 400'000 + random() % 100'000; }), 100'000);
    expect_exchanged(Plan([](std::mt19937_64& random, int, int) { return 400'000 + random() % 100'000; }),
                     message_limit_bytes);
}

TEST(Exchange, OfQuantities) {
    auto const size = static_cast<std::size_t>(world().size());
    std::vector<core::Cents> const send(size, core::Cents{world().rank()});
    std::vector<std::uint64_t> const one(size, 1);
    auto const got = exchange(world(), std::span<core::Cents const>(send), one, one);
    for (std::size_t rank = 0; rank < size; ++rank)
        EXPECT_EQ(got[rank].count, static_cast<int>(rank));
}

TEST(GatherToRoot, GivesTheRootOneListARank) {
    auto const list_of = [](int rank) { return std::vector<double>(static_cast<std::size_t>(rank * 7), rank + 0.5); };
    auto const lists = gather_to_root(world(), std::span<double const>(list_of(world().rank())));
    if (!world().is_root()) {
        EXPECT_TRUE(lists.empty());
        return;
    }
    ASSERT_EQ(lists.size(), static_cast<std::size_t>(world().size()));
    for (int rank = 0; rank < world().size(); ++rank)
        EXPECT_EQ(lists[static_cast<std::size_t>(rank)], list_of(rank));
}

TEST(GatherToRoot, InPiecesOfAnyLength) {
    auto const text_of = [](int rank) {
        std::string text;
        for (int i = 0; i < 500 - 100 * rank; ++i)
            text += static_cast<char>('a' + (i + rank) % 26);
        return text;
    };
    std::string const mine = text_of(world().rank());
    for (std::size_t const limit : {std::size_t{1}, std::size_t{33}, std::size_t{100}, message_limit_bytes}) {
        auto const lists = gather_bytes_to_root(world(), std::as_bytes(std::span(mine)), limit);
        for (std::size_t rank = 0; rank < lists.size(); ++rank) {
            std::string const want = text_of(static_cast<int>(rank));
            ASSERT_EQ(lists[rank].size(), want.size()) << "limit " << limit;
            EXPECT_EQ(std::memcmp(lists[rank].data(), want.data(), want.size()), 0) << "limit " << limit;
        }
    }
}

TEST(GatherToRoot, OfNothing) {
    auto const lists = gather_to_root(world(), std::span<std::uint64_t const>());
    EXPECT_EQ(lists.size(), world().is_root() ? static_cast<std::size_t>(world().size()) : 0U);
    for (auto const& list : lists)
        EXPECT_TRUE(list.empty());
}

TEST(GatherToRoot, ManyTimesInARowMixesNothingUp) {
    for (std::uint64_t round = 0; round < 50; ++round) {
        std::uint64_t const mine = 100 * round + static_cast<std::uint64_t>(world().rank());
        auto const lists = gather_to_root(world(), std::span<std::uint64_t const>(&mine, 1));
        for (std::size_t rank = 0; rank < lists.size(); ++rank)
            ASSERT_EQ(lists[rank].at(0), 100 * round + rank);
    }
}

}  // namespace
}  // namespace tessera::comm
