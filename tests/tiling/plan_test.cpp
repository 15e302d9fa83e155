#include "tessera/tiling/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "harness/seed.hpp"
#include "query/random_tiles.hpp"
#include "same_trips.hpp"
#include "tessera/geo/hilbert.hpp"
#include "tessera/tiling/count_cells.hpp"

namespace tessera::tiling {
namespace {

using query::testing::pick;
using query::testing::Random;
using query::testing::TripMix;

/// Grows the plan as ranks do; the trips lie on several of them.
TilePlan plan_tiles(core::TripTable const& trips, std::uint64_t most, std::size_t ranks) {
    std::vector<KeyOrder> parts;
    for (std::size_t r = 0; r < ranks; ++r) {
        std::vector<core::Trip> part;
        for (std::size_t i = trips.size() * r / ranks; i < trips.size() * (r + 1) / ranks; ++i)
            part.push_back(trip_at(trips, i));
        parts.emplace_back(testing::table_of(part));
    }
    PlanGrower grower(most);
    while (!grower.done()) {
        EXPECT_TRUE(grower.depth() >= 1 && grower.depth() <= 3 && grower.level() <= geo::deepest_level);
        std::vector<std::uint64_t> counts(grower.counters(), 0);
        for (KeyOrder const& rows : parts) {
            auto const part = count_cells(rows, grower);
            std::transform(counts.begin(), counts.end(), part.begin(), counts.begin(), std::plus<>());
        }
        grower.grow(counts);
    }
    return grower.finish();
}

/// The oracle: a cell is a tile, or it is four cells.
void split(std::vector<std::uint64_t> const& keys, std::uint64_t prefix, unsigned level, std::uint64_t most,
           TilePlan& plan) {
    std::vector<std::uint64_t> inside;
    for (std::uint64_t const key : keys)
        if (geo::prefix_of(key, level) == prefix) inside.push_back(key);
    if (inside.empty()) return;
    if (inside.size() > most && level < geo::deepest_level) {
        for (unsigned child = 0; child < 4; ++child)
            split(inside, 4 * prefix + child, level + 1, most, plan);
        return;
    }
    plan.key.push_back(geo::first_key_of(prefix, level));
    plan.level.push_back(static_cast<std::uint8_t>(level));
    plan.trips.push_back(inside.size());
}

void expect_right(core::TripTable const& trips, std::uint64_t most, std::size_t ranks) {
    SCOPED_TRACE(::testing::Message() << trips.size() << " trips, tiles of " << most << ", " << ranks << " ranks");
    std::vector<std::uint64_t> keys;
    for (std::size_t i = 0; i < trips.size(); ++i)
        keys.push_back(geo::hilbert_key({trips.pickup_lon[i].count, trips.pickup_lat[i].count}));
    TilePlan wanted;
    split(keys, 0, 0, most, wanted);
    TilePlan const plan = plan_tiles(trips, most, ranks);
    ASSERT_EQ(plan.key, wanted.key);
    ASSERT_EQ(plan.level, wanted.level);
    ASSERT_EQ(plan.trips, wanted.trips);
    KeyOrder const sorted(trips);
    std::sort(keys.begin(), keys.end());
    auto const first = find_tiles(sorted, plan.key);
    ASSERT_EQ(first.size(), plan.size() + 1);
    ASSERT_EQ(first.back(), keys.size());
    for (std::size_t tile = 0; tile < plan.size(); ++tile) {
        ASSERT_EQ(first[tile + 1] - first[tile], plan.trips[tile]);
        for (std::size_t i = first[tile]; i < first[tile + 1]; ++i)
            ASSERT_EQ(geo::first_key_of(geo::prefix_of(keys[i], plan.level[tile]), plan.level[tile]), plan.key[tile]);
    }
    for (std::size_t tile = 1; tile < plan.size(); ++tile)
        ASSERT_LE(plan.key[tile - 1] + geo::first_key_of(1, plan.level[tile - 1]), plan.key[tile]) << "tiles overlap";
    EXPECT_EQ(std::accumulate(plan.trips.begin(), plan.trips.end(), std::uint64_t{0}), keys.size());
}

core::TripTable random_trips(Random& random, TripMix const& mix) {
    return testing::table_of(query::testing::make_trips(random, mix));
}

core::TripTable trips_at(std::vector<geo::Point> const& points) {
    core::TripTable table;
    for (geo::Point const point : points) {
        core::Trip trip;
        trip.pickup_lon = {point.lon};
        trip.pickup_lat = {point.lat};
        append(table, trip);
    }
    return table;
}

TEST(Plan, AgreesWithSplittingCellByCell) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 30; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix mix;
        mix.trips = static_cast<std::size_t>(pick(random, 0, 2000));
        mix.lattice = static_cast<std::int32_t>(pick(random, 0, 1) ? 1 : pick(random, 1, 400'000));
        mix.everywhere = pick(random, 0, 3) == 0;
        std::uint64_t const most = static_cast<std::uint64_t>(pick(random, 1, pick(random, 1, 1500)));
        expect_right(random_trips(random, mix), most, static_cast<std::size_t>(pick(random, 1, 4)));
        if (HasFailure()) return;
    }
}

TEST(Plan, ManyCellsAreOpenAtOnce) {
    // More than 2^14 open cells: a step then looks fewer levels down.
    Random random(harness::seed());
    core::TripTable const trips = random_trips(random, {.trips = 90'000, .everywhere = true});
    expect_right(trips, 1, 2);
}

TEST(Plan, NoTripsMakeNoTiles) {
    expect_right({}, 1024, 1);
    expect_right({}, 1, 3);
}

TEST(Plan, FewTripsMakeOneTile) {
    TilePlan const plan = plan_tiles(trips_at({{0, 0}, {-739900000, 407500000}}), 2, 1);
    EXPECT_EQ(plan.level, std::vector<std::uint8_t>{0});
    EXPECT_EQ(plan.trips, std::vector<std::uint64_t>{2});
    expect_right(trips_at({{0, 0}, {-739900000, 407500000}}), 1, 1);
}

TEST(Plan, TripsOnOnePointEndAtTheDeepestLevel) {
    core::TripTable const trips = trips_at(std::vector<geo::Point>(100, {-739900000, 407500000}));
    TilePlan const plan = plan_tiles(trips, 99, 2);
    EXPECT_EQ(plan.level, std::vector<std::uint8_t>{geo::deepest_level});
    EXPECT_EQ(plan.trips, std::vector<std::uint64_t>{100});
    EXPECT_EQ(plan_tiles(trips, 100, 2).level, std::vector<std::uint8_t>{0}) << "exactly as many as a tile holds";
    expect_right(trips, 1, 3);
}

TEST(Plan, TheEndsOfTheGridHaveTheirCells) {
    constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min(), most = ~least;
    std::vector<geo::Point> const corners{{least, least}, {least, most}, {most, least}, {most, most}, {0, 0}, {-1, -1}};
    for (std::uint64_t const tile_trips : {1U, 2U, 5U, 6U})
        expect_right(trips_at(corners), tile_trips, 2);
}

TEST(Plan, NeighboursInOneDeepestCellStayTogether) {
    expect_right(trips_at({{256, 256}, {257, 256}, {511, 511}, {512, 256}, {255, 256}}), 1, 1);
}

}  // namespace
}  // namespace tessera::tiling
