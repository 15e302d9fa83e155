#include "tessera/query/map_pixels.hpp"

#include <gtest/gtest.h>

#include <map>

#include "harness/seed.hpp"
#include "slow_maps.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

/// A tile of the zoom that holds a trip, or its neighbour.
MapTile some_tile(Random& random, std::vector<StoredTrip> const& trips) {
    MapTile tile{static_cast<std::uint32_t>(pick(random, 0, 20)), 0, 0, map_tile_sizes[pick(random, 0, 1)]};
    auto const place = static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(trips.size()) - 1));
    geo::Point const point = point_of(trips[place].trip, End::pickup);
    geo::Box const world = geo::MapGrid::world();
    geo::MapGrid const tiles(tile.zoom);
    tile.x = tiles.column_of(std::clamp(point.lon, world.west, world.east));
    tile.y = tiles.row_of(std::clamp(point.lat, world.south, world.north));
    if (one_in(random, 5)) tile.x = (tile.x + 1) % (1U << tile.zoom);
    return tile;
}

Measure some_measure(Random& random) {
    if (one_in(random, 2)) return {};
    auto const statistic = one_in(random, 2) ? Statistic::sum : Statistic::mean;
    return {statistic, static_cast<Field>(pick(random, 0, 6))};
}

TEST(MapPixels, AgreeWithLookingAtEachTrip) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 50; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix const mix{.trips = static_cast<std::size_t>(pick(random, 1, 3000)),
                          .seconds = one_in(random, 2) ? 9000U : 5'000'000U,
                          .lattice = one_in(random, 2) ? 1 : 30'000,
                          .everywhere = one_in(random, 4)};
        geo::LoadedTiles const loaded =
            tile_up(make_trips(random, mix), static_cast<std::size_t>(pick(random, 1, 900)));
        auto const trips = stored_trips(loaded);
        TripIndex const index(loaded);
        for (int i = 0; i < 3; ++i) {
            MapQuestion question{some_tile(random, trips), make_filter(random, trips), some_measure(random)};
            if (one_in(random, 2)) question.filter = {};
            if (one_in(random, 2)) question.filter.box = std::nullopt;
            MapPixels const wanted = count_map_slowly(loaded, question);
            EXPECT_EQ(count_map_pixels(loaded, question), wanted);
            Looked looked;
            EXPECT_EQ(count_map_pixels(index, question, looked), wanted);
        }
    }
}

TEST(MapPixels, AllTilesOfAZoomAddUpToAllTrips) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 20'000}), 300);
    TripIndex const index(loaded);
    for (std::uint32_t const zoom : {0U, 5U, 9U, 12U, 14U}) {
        geo::Box const town = index.town();
        geo::MapGrid const tiles(zoom);
        std::uint64_t total = 0;
        for (std::uint32_t x = tiles.column_of(town.west); x <= tiles.column_of(town.east); ++x)
            for (std::uint32_t y = tiles.row_of(town.north); y <= tiles.row_of(town.south); ++y) {
                Looked looked;
                for (std::uint64_t const n : count_map_pixels(index, {{zoom, x, y, 256}, {}, {}}, looked).count)
                    total += n;
            }
        EXPECT_EQ(total, 20'000U) << "zoom " << zoom;
    }
}

TEST(MapPixels, SameAtAnyThreadCount) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 60'000}), 400);
    TripIndex const index(loaded);
    Filter hour;
    hour.from = core::WallTime{1'396'310'400 + 86'400};
    hour.to = core::WallTime{hour.from->count + 86'400};
    for (Filter const& filter : {Filter{}, hour})
        for (Measure const measure : {Measure{}, Measure{Statistic::mean, Field::fare}}) {
            MapQuestion const question{{8, 75, 96, 256}, filter, measure};
            MapPixels const wanted = count_map_slowly(loaded, question);
            ASSERT_FALSE(wanted.empty());
            with_thread_counts([&] {
                Looked looked;
                EXPECT_EQ(count_map_pixels(loaded, question), wanted);
                EXPECT_EQ(count_map_pixels(index, question, looked), wanted);
            });
        }
}

/// A trip one unit of 1e-7 degree beside a tile, on each side of it, at tiles whose edges are even and odd.
TEST(MapPixels, TripsJustBesideATileAreNotItsOwn) {
    Random random(harness::seed());
    core::Trip trip = make_trips(random, {.trips = 1}).front();
    for (std::uint32_t column = 9'640; column < 9'660; ++column)
        for (std::int32_t const beside : {-1, 0, 1}) {
            MapQuestion const question{{15, column, 12'316 + column % 7, 256}, {}, {}};
            geo::Box const box = box_of(question.tile);
            geo::Point const places[] = {{box.west + beside, box.south},
                                         {box.east + beside, box.north},
                                         {box.west, box.south + beside},
                                         {box.east, box.north + beside}};
            for (geo::Point const place : places) {
                trip.pickup_lon = {place.lon};
                trip.pickup_lat = {place.lat};
                geo::LoadedTiles const loaded = tile_up({trip}, 1);
                Looked looked;
                EXPECT_EQ(count_map_pixels(TripIndex(loaded), question, looked), count_map_slowly(loaded, question))
                    << column << ' ' << beside;
            }
        }
}

TEST(MapPixels, NothingLoaded) {
    geo::LoadedTiles nothing;
    nothing.tiles.first_trip.push_back(0);
    TripIndex const index(nothing);
    Looked looked;
    EXPECT_TRUE(count_map_pixels(nothing, MapQuestion{}).empty());
    EXPECT_TRUE(count_map_pixels(index, MapQuestion{}, looked).empty());
}

}  // namespace
}  // namespace tessera::query
