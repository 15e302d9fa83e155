#include "tessera/tiling/tile_trips.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/seed.hpp"
#include "harness/world.hpp"
#include "query/random_tiles.hpp"
#include "same_trips.hpp"
#include "tessera/comm/collectives.hpp"

// Every rank draws the same random numbers, and so knows all trips; it gives away those that are another rank's.
namespace tessera::tiling {
namespace {

using harness::world;
using query::testing::pick;
using query::testing::Random;
using query::testing::TripMix;

core::TripTable rows_of(core::TripTable const& all, std::uint64_t first, std::uint64_t last) {
    core::TripTable rows;
    for (std::uint64_t row = first; row < last; ++row)
        append(rows, trip_at(all, row));
    return rows;
}

/// Ranks own runs of tiles, one after the other, none much heavier than its part.
void expect_runs(TiledTrips const& tiled, geo::TileTable const& tiles) {
    auto const first = comm::allgather(world(), std::uint64_t{tiled.first_tile});
    auto const last = comm::allgather(world(), std::uint64_t{tiled.last_tile});
    EXPECT_EQ(first.front(), 0U);
    EXPECT_EQ(last.back(), tiles.size());
    for (std::size_t r = 1; r < first.size(); ++r)
        EXPECT_EQ(first[r], last[r - 1]);
    std::uint64_t largest = 0;
    for (std::size_t tile = 0; tile < tiles.size(); ++tile)
        largest = std::max(largest, tiles.trips_in(tile));
    EXPECT_LE(tiled.rows.size(), geo::trip_count(tiles) / first.size() + largest);
}

/// Tiles the trips, those of number i being rank owner(i)'s, and compares with tiling them all on one rank.
template <class Owner>
void expect_right(std::vector<core::Trip> const& trips, std::uint64_t most, Owner&& owner) {
    SCOPED_TRACE(::testing::Message() << trips.size() << " trips, tiles of " << most);
    geo::LoadedTiles const wanted = query::testing::tile_up(trips, most);
    core::TripTable mine;
    for (std::size_t i = 0; i < trips.size(); ++i)
        if (owner(i) == world().rank()) append(mine, trips[i]);
    TiledTrips const tiled = tile_trips(world(), std::move(mine), most);
    testing::expect_same_tiles(tiled.tiles, wanted.tiles);
    expect_runs(tiled, wanted.tiles);
    ASSERT_LE(tiled.first_tile, tiled.last_tile);
    ASSERT_LE(tiled.last_tile, wanted.tiles.size());
    auto const& first_trip = wanted.tiles.first_trip;
    core::TripTable found;
    fill_columns(tiled, 0, tiled.rows.size(), found);
    testing::expect_same_trips(found, rows_of(wanted.trips, first_trip[tiled.first_tile], first_trip[tiled.last_tile]));
}

TEST(TileTrips, AgreesWithOneRankThatTilesAll) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 40; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix mix;
        mix.trips = static_cast<std::size_t>(pick(random, 0, pick(random, 0, 2500)));
        if (pick(random, 0, 1)) mix.lattice = static_cast<std::int32_t>(pick(random, 1, 400'000));
        mix.everywhere = pick(random, 0, 4) == 0;
        if (pick(random, 0, 2) == 0) mix.seconds = 60;
        auto const trips = query::testing::make_trips(random, mix);
        std::vector<int> owners;
        for (std::size_t i = 0; i < trips.size(); ++i)
            owners.push_back(static_cast<int>(pick(random, 0, world().size() - 1)));
        expect_right(trips, static_cast<std::uint64_t>(pick(random, 1, 600)), [&](std::size_t i) { return owners[i]; });
    }
}

TEST(TileTrips, OneRankHasAllTrips) {
    Random random(harness::seed());
    auto const trips = query::testing::make_trips(random, {.trips = 1000});
    for (int owner = 0; owner < world().size(); ++owner)
        expect_right(trips, 50, [=](std::size_t) { return owner; });
}

TEST(TileTrips, MoreRanksThanTiles) {
    Random random(harness::seed());
    auto const trips = query::testing::make_trips(random, {.trips = 200});
    expect_right(trips, 1024, [](std::size_t i) { return static_cast<int>(i) % world().size(); });
    expect_right({trips[0]}, 1, [](std::size_t) { return world().size() - 1; });
}

TEST(TileTrips, NoTrips) {
    expect_right({}, 1024, [](std::size_t) { return 0; });
    TiledTrips const tiled = tile_trips(world(), {}, 1);
    EXPECT_EQ(tiled.tiles.first_trip, std::vector<std::uint64_t>{0});
}

TEST(TileTrips, ManyTripsOnOnePoint) {
    Random random(harness::seed());
    auto trips = query::testing::make_trips(random, {.trips = 500, .seconds = 5});
    for (core::Trip& trip : trips) {
        trip.pickup_lon = {-739900000};
        trip.pickup_lat = {407500000};
    }
    expect_right(trips, 10, [](std::size_t i) { return static_cast<int>(i) % world().size(); });
}

}  // namespace
}  // namespace tessera::tiling
