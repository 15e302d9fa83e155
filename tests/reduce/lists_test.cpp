#include <gtest/gtest.h>

#include <algorithm>

#include "rank_tiles.hpp"
#include "tessera/reduce/reduce.hpp"

namespace tessera::reduce {
namespace {

using namespace testing;  // tessera::reduce::testing

template <class Found>
std::vector<std::tuple<double, std::uint16_t, std::uint32_t, std::uint64_t>> tuples_of(std::vector<Found> const& list) {
    std::vector<std::tuple<double, std::uint16_t, std::uint32_t, std::uint64_t>> tuples;
    for (Found const& found : list) {
        double first = 0;
        if constexpr (std::is_same_v<Found, query::Match>) first = found.pickup_time.count;
        if constexpr (std::is_same_v<Found, query::Neighbour>) first = found.metres;
        tuples.emplace_back(first, found.file.count, found.line.count, found.store_row);
    }
    return tuples;
}

TEST(ReduceRange, IsTheAnswerOfOneRankThatHasAll) {
    for_each_seed(80, [](Random& random) {
        RankTiles const tiles = make_rank_tiles(random);
        query::RangeQuestion question;
        question.limit = static_cast<std::uint64_t>(pick(random, 0, 50));
        question.count_only = pick(random, 0, 4) == 0;
        if (pick(random, 0, 1)) question.filter.box = geo::Box{-740000000, 406000000, -738500000, 407600000};
        auto const global = reduce_range(world(), query::find_range(tiles.mine, question), question.limit);
        auto const wanted = query::find_range(tiles.all, question);
        EXPECT_EQ(global.matched, wanted.matched) << "on every rank";
        auto const listed = world().is_root() ? wanted.matches : std::vector<query::Match>();
        EXPECT_EQ(tuples_of(global.matches), tuples_of(listed));
    });
}

TEST(ReduceRange, CountsBeyond32Bits) {
    query::RangeAnswer local;
    local.matched = std::uint64_t{1} << 40;
    EXPECT_EQ(reduce_range(world(), local, 0).matched, static_cast<std::uint64_t>(world().size()) << 40);
}

TEST(ReduceNearest, IsTheAnswerOfOneRankThatHasAll) {
    for_each_seed(80, [](Random& random) {
        RankTiles const tiles = make_rank_tiles(random);
        query::NearestQuestion question;
        question.at = {static_cast<std::int32_t>(pick(random, -740'500'000, -737'000'000)),
                       static_cast<std::int32_t>(pick(random, 406'000'000, 408'500'000))};
        question.k = static_cast<std::size_t>(pick(random, 1, pick(random, 1, 2000)));
        if (pick(random, 0, 3) == 0) question.within_metres = static_cast<double>(pick(random, 1, 3000));
        auto const local = query::NearestIndex(tiles.mine, query::End::pickup).find(question);
        auto const global = reduce_nearest(world(), local, question.k);
        EXPECT_EQ(tuples_of(global), tuples_of(query::NearestIndex(tiles.all, query::End::pickup).find(question)))
            << "on every rank";
    });
}

TEST(ReduceNearest, TiesGoByFileAndLine) {
    // Rank r has the places r, r + ranks, ... of the answer, and all are at one distance.
    std::vector<query::Neighbour> all, mine;
    for (std::uint32_t i = 0; i < 40; ++i) {
        query::Neighbour neighbour{7.5, {100 - i % 20}, {static_cast<std::uint16_t>(i / 20)}, i};
        all.push_back(neighbour);
        if (static_cast<int>(i) % world().size() == world().rank()) mine.push_back(neighbour);
    }
    std::sort(all.begin(), all.end());
    std::sort(mine.begin(), mine.end());
    all.resize(25);
    EXPECT_EQ(tuples_of(reduce_nearest(world(), mine, 25)), tuples_of(all));
}

TEST(ReduceNearest, NothingNearAnywhere) {
    EXPECT_TRUE(reduce_nearest(world(), {}, 10).empty());
}

}  // namespace
}  // namespace tessera::reduce
