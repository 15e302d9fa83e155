#include "tessera/query/filter.hpp"

#include <gtest/gtest.h>

#include "harness/seed.hpp"
#include "oracle.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

TEST(Filter, ColumnsAreThoseItLooksAt) {
    using core::Column;
    Filter filter;
    EXPECT_EQ(columns_of(filter), core::ColumnSet{});
    filter.to = core::WallTime{7};
    EXPECT_EQ(columns_of(filter), core::ColumnSet{Column::pickup_time});
    filter.box = geo::Box::world();
    filter.on = End::dropoff;
    filter.sources = SourceSet::none();
    EXPECT_EQ(columns_of(filter),
              (core::ColumnSet{Column::pickup_time, Column::dropoff_lon, Column::dropoff_lat, Column::source}));
}

TEST(Filter, SourceSets) {
    SourceSet const all;
    SourceSet some = SourceSet::none();
    some.add(core::Source::uber);
    EXPECT_TRUE(all.has_all() && all.has(core::Source::green) && all.has(core::Source::yellow));
    EXPECT_TRUE(some.has(core::Source::uber));
    EXPECT_FALSE(some.has(core::Source::green) || some.has(core::Source::yellow) || some.has_all());
}

TEST(Filter, WindowIsHalfOpen) {
    core::Trip trip;
    std::vector<core::Trip> trips;
    for (std::uint32_t const time : {100U, 200U, 200U, 300U}) {
        trip.pickup_time.count = time;
        ++trip.line.count;
        trips.push_back(trip);
    }
    geo::LoadedTiles const loaded = tile_up(trips, 10);
    auto const rows = [&](std::uint32_t from, std::uint32_t to) {
        Filter filter;
        filter.from = core::WallTime{from};
        filter.to = core::WallTime{to};
        RowRange const range = rows_in_window(filter, loaded, 0);
        return std::pair(range.first, range.last);
    };
    EXPECT_EQ(rows(200, 300), std::pair(std::size_t{1}, std::size_t{3}));
    EXPECT_EQ(rows(200, 301), std::pair(std::size_t{1}, std::size_t{4}));
    EXPECT_EQ(rows(100, 200), std::pair(std::size_t{0}, std::size_t{1}));
    EXPECT_EQ(rows(0, 999), std::pair(std::size_t{0}, std::size_t{4}));
    EXPECT_EQ(rows(201, 299), std::pair(std::size_t{3}, std::size_t{3}));
}

TEST(Filter, UnknownDropoffIsInNoBox) {
    core::TripTable trips;
    append(trips, core::Trip{});
    constexpr auto least = std::numeric_limits<std::int32_t>::min();
    Filter filter;
    filter.on = End::dropoff;
    filter.box = geo::Box{least, least, 0, 0};
    EXPECT_FALSE(is_known(end_of(trips, End::dropoff, 0)));
    EXPECT_FALSE(matches_place_and_source(filter, trips, 0));
    filter.on = End::pickup;
    EXPECT_TRUE(matches_place_and_source(filter, trips, 0));
}

TEST(Filter, TilesAndRowsAgreeWithEachTrip) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 40; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix mix{.trips = 300, .seconds = 5000, .lattice = 100'000};
        geo::LoadedTiles const loaded = tile_up(make_trips(random, mix), 1 + seed % 60);
        Filter const filter = make_filter(random, stored_trips(loaded));
        for (std::size_t tile = 0; tile < loaded.tiles.size(); ++tile) {
            RowRange const window = rows_in_window(filter, loaded, tile);
            for (std::size_t row = loaded.tiles.first_trip[tile]; row < loaded.tiles.first_trip[tile + 1]; ++row) {
                bool const found =
                    row >= window.first && row < window.last && matches_place_and_source(filter, loaded.trips, row);
                EXPECT_EQ(found, matches(filter, trip_at(loaded.trips, row)));
                EXPECT_TRUE(!found || may_match(filter, loaded.tiles, tile));
            }
        }
    }
}

TEST(Filter, TilesOutsideWindowOrBoxCannotMatch) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 50}), 50);
    auto const& tiles = loaded.tiles;
    ASSERT_EQ(tiles.size(), 1U);
    Filter filter;
    filter.from = tiles.last_time[0];
    EXPECT_TRUE(may_match(filter, tiles, 0));
    ++filter.from->count;
    EXPECT_FALSE(may_match(filter, tiles, 0));
    filter = {};
    filter.to = tiles.first_time[0];
    EXPECT_FALSE(may_match(filter, tiles, 0));
    ++filter.to->count;
    EXPECT_TRUE(may_match(filter, tiles, 0));
    filter = {};
    geo::Box const box = tiles.pickup_box[0];
    filter.box = geo::Box{box.east, box.north, box.east + 9, box.north + 9};
    EXPECT_TRUE(may_match(filter, tiles, 0));
    ++filter.box->west;
    EXPECT_FALSE(may_match(filter, tiles, 0));
}

}  // namespace
}  // namespace tessera::query
