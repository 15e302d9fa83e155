#include <gtest/gtest.h>

#include "../../src/reduce/map_parts.hpp"
#include "rank_tiles.hpp"
#include "tessera/reduce/reduce.hpp"

// Answers of ranks that have as many trips as a rank can have: their sums have more than 32 bits. Counts are made up.
namespace tessera::reduce {
namespace {

using namespace testing;  // tessera::reduce::testing

constexpr std::uint64_t most = 4'294'967'295;  // of one rank

TEST(LargeCounts, OfAPixel) {
    std::uint64_t const ranks = 1000;
    MapRound round;
    round.pictures.push_back({{10, 1, 2, 256}, {}, {query::Statistic::sum, query::Field::fare}});
    round.touched.assign(ranks, 1);
    for (bool const most_are_lit : {false, true}) {
        MapCounts mine, all;
        mine.pictures.resize(1);
        all.pictures.resize(1);
        mine.pictures[0].count.assign(256 * 256, most_are_lit ? 1 : 0);
        mine.pictures[0].sum.assign(256 * 256, most_are_lit ? -7 : 0);
        mine.pictures[0].count[77] = most;
        mine.pictures[0].sum[77] = std::int64_t{1} << 40;
        for (std::size_t rank = 0; rank < ranks; ++rank) {
            request::WireWriter out;
            put_map_counts(out, round, mine, ranks, rank);
            auto const bytes = out.take();
            request::WireReader in(bytes);
            add_map_counts(in, round, ranks, rank, all);
        }
        EXPECT_EQ(all.pictures[0].count[77], ranks * most);
        EXPECT_EQ(all.pictures[0].sum[77], std::int64_t{1000} << 40);
        EXPECT_EQ(all.pictures[0].count[78], most_are_lit ? ranks : 0U);
    }
}

TEST(LargeCounts, OfPixelsAGroupAndARange) {
    auto const ranks = static_cast<std::uint64_t>(world().size());
    std::vector<std::uint64_t> pixels(3, most);
    reduce_pixels(world(), pixels);
    if (world().is_root()) {
        EXPECT_EQ(pixels, std::vector<std::uint64_t>(3, ranks * most));
    }

    query::Group group;
    group.key = {1};
    group.trips = most;
    group.totals.resize(1);
    group.totals[0] = {most, std::int64_t{1} << 55, -5, 5, {}};
    group.totals[0].sketch.add(100, most - 1);
    group.totals[0].sketch.add(900, 1);
    auto const groups = reduce_groups(world(), {group});
    if (world().is_root()) {
        ASSERT_EQ(groups.size(), 1U);
        EXPECT_EQ(groups[0].trips, ranks * most);
        EXPECT_EQ(groups[0].totals[0].sum, static_cast<std::int64_t>(ranks) << 55);
        EXPECT_EQ(groups[0].totals[0].sketch.count(), ranks * most);
        EXPECT_EQ(groups[0].totals[0].sketch.percentile(0.99), 100);
    }

    query::RangeAnswer answer;
    answer.matched = most;
    EXPECT_EQ(reduce_range(world(), std::move(answer), 10).matched, ranks * most);
}

}  // namespace
}  // namespace tessera::reduce
