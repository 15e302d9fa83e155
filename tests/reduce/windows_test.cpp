#include "tessera/reduce/windows.hpp"

#include <gtest/gtest.h>

#include "rank_tiles.hpp"

namespace tessera::reduce {
namespace {

using namespace testing;  // tessera::reduce::testing

std::vector<query::WindowCounts> count(geo::LoadedTiles const& loaded, query::WindowGrid const& grid) {
    auto const order = query::order_by_time(loaded, {}, query::Ties::by_row);
    return query::WindowCounter(loaded, order).count(grid, 0, grid.windows);
}

TEST(ReduceWindows, AreThoseOfOneRankThatHasAll) {
    for_each_seed(60, [](Random& random) {
        RankTiles const tiles = make_rank_tiles(random);
        core::WallTime const start{1'396'310'400 - 3000};
        auto const every = static_cast<std::uint32_t>(pick(random, 20, 100'000));
        query::WindowGrid const grid{start, every, static_cast<std::uint64_t>(pick(random, 0, 200))};
        auto const global = reduce_windows(world(), count(tiles.mine, grid));
        auto const wanted = count(tiles.all, grid);
        EXPECT_EQ(global.size(), world().is_root() ? wanted.size() : 0U);
        for (std::size_t i = 0; i < global.size(); ++i)
            EXPECT_EQ(global[i] == wanted[i], true) << "window " << i;
    });
}

TEST(ReduceWindows, NegativeSumsAndCountsBeyond32Bits) {
    auto const ranks = static_cast<std::uint64_t>(world().size());
    auto const rank = static_cast<std::uint64_t>(world().rank());
    query::WindowCounts local;
    local.trips = std::uint64_t{1} << 40;
    local.of_source = {1, 2, local.trips - 3};
    local.known_fares = 5;
    local.fare_cents = -(std::int64_t{1} << 45);
    local.busiest = {{7, 100 - rank, 24}};  // ties go by key, which is the order of ranks backwards
    auto const global = reduce_windows(world(), {{}, local});
    if (!world().is_root()) return;
    ASSERT_EQ(global.size(), 2U);
    EXPECT_EQ(global[0] == query::WindowCounts{}, true);
    EXPECT_EQ(global[1].trips, local.trips * ranks);
    EXPECT_EQ(global[1].of_source[2], (local.trips - 3) * ranks);
    EXPECT_EQ(global[1].fare_cents, local.fare_cents * static_cast<std::int64_t>(ranks));
    ASSERT_EQ(global[1].busiest.size(), ranks);
    for (std::uint64_t i = 0; i < ranks; ++i)
        EXPECT_EQ(global[1].busiest[i] == (query::TileTrips{7, 100 - ranks + 1 + i, 24}), true);
}

TEST(ReduceLiveWindows, AreThoseOfOneRankThatHasAll) {
    for_each_seed(40, [](Random& random) {
        RankTiles const tiles = make_rank_tiles(random);
        std::vector<query::LiveQuestion> questions(static_cast<std::size_t>(pick(random, 0, 4)));
        std::vector<std::vector<query::LiveWindow>> lists, wanted;
        for (query::LiveQuestion& question : questions) {
            auto const every = static_cast<std::uint32_t>(pick(random, 20, 100'000));
            question.grid = {{1'396'310'400 - 3000}, every, 200};
            question.first = static_cast<std::uint64_t>(pick(random, 0, 100));
            question.windows = static_cast<std::uint32_t>(pick(random, 1, 100));
            question.points = static_cast<std::uint32_t>(pick(random, 0, 1) * pick(random, 1, 30));
            lists.push_back(query::count_live_windows(tiles.mine, question));
            wanted.push_back(query::count_live_windows(tiles.all, question));
        }
        reduce_live_windows(world(), questions, lists);
        if (!world().is_root()) return;
        ASSERT_EQ(lists.size(), wanted.size());
        for (std::size_t i = 0; i < lists.size(); ++i)
            EXPECT_EQ(lists[i] == wanted[i], true) << "question " << i;
    });
}

TEST(ReduceTimeSpan, HoldsAllSpans) {
    for_each_seed(100, [](Random& random) {
        TimeSpan wanted, mine;
        for (int rank = 0; rank < world().size(); ++rank) {
            TimeSpan local;
            if (pick(random, 0, 1)) {
                local.empty = false;
                local.first.count = static_cast<std::uint32_t>(pick(random, 1, 4'291'747'199));
                local.last.count = static_cast<std::uint32_t>(pick(random, local.first.count, 4'291'747'199));
                wanted.first = wanted.empty ? local.first : std::min(wanted.first, local.first);
                wanted.last = std::max(wanted.last, local.last);
                wanted.empty = false;
            }
            if (rank == world().rank()) mine = local;
        }
        auto const global = reduce_time_span(world(), mine);
        EXPECT_EQ(global.empty, wanted.empty);
        EXPECT_EQ(global.first, wanted.first);
        EXPECT_EQ(global.last, wanted.last);
    });
}

}  // namespace
}  // namespace tessera::reduce
