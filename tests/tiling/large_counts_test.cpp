#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

#include "harness/seed.hpp"
#include "tessera/core/error.hpp"
#include "tessera/geo/hilbert.hpp"
#include "tessera/tiling/cut_runs.hpp"
#include "tessera/tiling/plan.hpp"

// Plans for more trips than any memory holds: counts are made up.
namespace tessera::tiling {
namespace {

using Counts = std::map<std::uint64_t, std::uint64_t>;  // of cells of the deepest level

constexpr std::uint64_t five_billion = 5'000'000'000;

/// Spreads so many trips over places, some with far more than others; half of them in one town.
Counts make_counts(std::uint64_t trips, std::size_t places) {
    std::mt19937_64 random(harness::seed());
    std::uint64_t const cells = std::uint64_t{1} << (2 * geo::deepest_level);
    Counts counts;
    std::uint64_t left = trips;
    for (std::size_t i = 0; i < places && left > 0; ++i) {
        std::uint64_t const cell = i % 2 ? random() % cells : cells / 3 + random() % (cells >> 20);
        std::uint64_t const some = i + 1 == places ? left : std::min(left, random() % (4 * trips / places + 1));
        counts[cell] += some;
        left -= some;
    }
    return counts;
}

std::uint64_t count_in(Counts const& counts, std::uint64_t prefix, unsigned level) {
    std::uint64_t sum = 0;
    unsigned const below = 2 * (geo::deepest_level - level);
    for (auto at = counts.lower_bound(prefix << below); at != counts.end() && at->first >> below == prefix; ++at)
        sum += at->second;
    return sum;
}

TilePlan plan_of(Counts const& counts, PlanGrower grower) {
    while (!grower.done()) {
        std::vector<std::uint64_t> descendants;
        for (std::uint64_t const open : grower.open())
            for (std::uint64_t d = 0; d < std::uint64_t{1} << (2 * grower.depth()); ++d)
                descendants.push_back(count_in(counts, open << (2 * grower.depth()) | d, grower.level()));
        grower.grow(descendants);
    }
    return grower.finish();
}

std::uint64_t sum_of(std::vector<std::uint64_t> const& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

TEST(LargeCounts, FiveBillionTripsOnAThousandRanks) {
    Counts const counts = make_counts(five_billion, 20'000);
    for (std::uint64_t const tile_trips : {std::uint64_t{1024}, std::uint64_t{1'000'000}, std::uint64_t{1} << 31}) {
        SCOPED_TRACE(::testing::Message() << tile_trips << " trips a tile");
        TilePlan const plan = plan_of(counts, PlanGrower(tile_trips));
        ASSERT_EQ(sum_of(plan.trips), five_billion);
        for (std::size_t tile = 0; tile < plan.size(); ++tile) {
            unsigned const level = plan.level[tile];
            ASSERT_EQ(plan.trips[tile], count_in(counts, geo::prefix_of(plan.key[tile], level), level));
            ASSERT_TRUE(plan.trips[tile] <= tile_trips || level == geo::deepest_level);
        }
        std::uint64_t const largest = *std::max_element(plan.trips.begin(), plan.trips.end());
        for (int const ranks : {1, 2, 1000, 65'536}) {
            auto const shares = weigh_runs(plan.trips, cut_runs(plan.trips, ranks));
            ASSERT_EQ(sum_of(shares), five_billion);
            EXPECT_LE(*std::max_element(shares.begin(), shares.end()),
                      five_billion / static_cast<std::uint64_t>(ranks) + largest);
        }
    }
}

/// A cell of the deepest level is never split, however much is in it: one rank has it all, a thousand have nothing.
TEST(LargeCounts, AllInOnePlaceIsOneRanks) {
    TilePlan const plan = plan_of({{12'345'678'901, five_billion}}, PlanGrower(1024));
    ASSERT_EQ(plan.trips, std::vector{five_billion});
    EXPECT_EQ(plan.key[0], 12'345'678'901U);
    auto const shares = weigh_runs(plan.trips, cut_runs(plan.trips, 1001));
    EXPECT_EQ(std::count(shares.begin(), shares.end(), 0U), 1000);
    EXPECT_EQ(sum_of(shares), five_billion);
}

TEST(LargeCounts, CountsOfMoreThan32BitsAreSplitByAllTheirBits) {
    // Both cells hold 2^32 trips and a few: their lowest 32 bits alone would fit a tile.
    Counts const counts{{0, (std::uint64_t{1} << 32) + 1}, {1, (std::uint64_t{1} << 32) + 2}};
    TilePlan const plan = plan_of(counts, PlanGrower(1024));
    EXPECT_EQ(plan.trips, (std::vector{counts.at(0), counts.at(1)}));
}

TEST(LargeCounts, MoreTilesThanATableCanHaveAreRefused) {
    Counts counts;
    for (std::uint64_t cell = 0; cell < 64; ++cell)
        counts[cell << 30] = 1'000'000'000;
    EXPECT_EQ(plan_of(counts, PlanGrower(1'000'000'000, 64)).size(), 64U);
    try {
        plan_of(counts, PlanGrower(1'000'000'000, 63));
        ADD_FAILURE() << "64 tiles were taken";
    } catch (core::DataError const& error) {
        EXPECT_NE(std::string(error.what()).find("more than 63 tiles"), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("--tile-trips"), std::string::npos) << error.what();
    }
    EXPECT_LT(4 * PlanGrower::most_tiles, std::size_t{1} << 31) << "the edges of all boxes go around in one call";
}

}  // namespace
}  // namespace tessera::tiling
