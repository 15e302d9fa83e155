#include "tessera/query/map_sample.hpp"

#include <gtest/gtest.h>

#include <map>

#include "harness/seed.hpp"
#include "slow_maps.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing
using ByPixel = std::map<std::uint64_t, PixelTally>;

/// The oracle: every trip is asked for its pixel, and each pixel whether it is drawn.
ByPixel sample_slowly(geo::LoadedTiles const& loaded, MapSampleQuestion const& sample) {
    ByPixel found;
    geo::MapGrid const grid(sample.level);
    for (StoredTrip const& stored : matching_trips(loaded, sample.filter)) {
        geo::Point const point = point_of(stored.trip, sample.filter.on);
        if (!is_known(point) || !geo::MapGrid::world().contains(point)) continue;
        std::uint32_t const column = grid.column_of(point.lon), row = grid.row_of(point.lat);
        if (!is_drawn(sample, column, row)) continue;
        PixelTally tally{1, 0};
        if (is_of_field(sample.measure)) {
            auto const value = field_of(stored.trip, sample.measure.field);
            if (!value) continue;
            tally.sum = *value;
        }
        found[std::uint64_t{row} << 32 | column] += tally;
    }
    return found;
}

ByPixel by_pixel(std::vector<TalliedPixel> const& pixels) {
    ByPixel found;
    for (TalliedPixel const& pixel : pixels)
        EXPECT_TRUE(found.emplace(pixel.key, pixel.tally).second) << "a pixel is there twice";
    return found;
}

TEST(MapSample, AgreesWithLookingAtEachTrip) {
    std::size_t pixels = 0;
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 60; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix const mix{.trips = static_cast<std::size_t>(pick(random, 1, 5000)),
                          .seconds = one_in(random, 2) ? 9000U : 5'000'000U,
                          .lattice = one_in(random, 2) ? 1 : 30'000,
                          .everywhere = one_in(random, 4)};
        geo::LoadedTiles const loaded =
            tile_up(make_trips(random, mix), static_cast<std::size_t>(pick(random, 1, 900)));
        auto const trips = stored_trips(loaded);
        TripIndex const index(loaded);
        for (int i = 0; i < 5; ++i) {
            MapSampleQuestion sample{
                static_cast<std::uint32_t>(pick(random, 8, 29)), 0, make_filter(random, trips), {}};
            sample.thinning = static_cast<std::uint32_t>(pick(random, 0, 4));
            if (one_in(random, 2)) sample.filter = {};
            if (one_in(random, 3)) sample.measure = {Statistic::mean, static_cast<Field>(pick(random, 0, 6))};
            auto const found = by_pixel(count_sample(index, sample));
            EXPECT_EQ(found, sample_slowly(loaded, sample));
            pixels += found.size();
        }
    }
    EXPECT_GT(pixels, 10'000U);
}

TEST(MapSample, OneSquareOfEachGroupIsDrawn) {
    for (std::uint32_t const level : {19U, 21U, 25U, 29U})
        for (std::uint32_t thinning = 1; thinning <= 4; ++thinning) {
            MapSampleQuestion const sample{level, thinning, {}, {}};
            std::uint32_t const cell = level > 21 ? 1U << (level - 19) : 4, group = cell << thinning;
            for (std::uint32_t const corner : {0U, 37 * group, 1000 * group}) {
                std::uint32_t drawn = 0;
                for (std::uint32_t x = 0; x < group; x += cell)
                    for (std::uint32_t y = 0; y < group; y += cell) {
                        bool const is = is_drawn(sample, corner + x, y);
                        EXPECT_EQ(is_drawn(sample, corner + x + cell - 1, y + cell - 1), is);
                        drawn += is ? 1 : 0;
                    }
                EXPECT_EQ(drawn, 1U) << "level " << level << ", thinning " << thinning;
            }
        }
}

TEST(MapSample, IsTheSameForAllTilesOfAZoom) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 3000}), 100);
    MapSampleQuestion const one = sample_for({{12, 1205, 1539, 256}, {}, {}}, loaded.tiles);
    MapSampleQuestion const other = sample_for({{12, 0, 7, 256}, {}, {}}, loaded.tiles);
    MapSampleQuestion const twice = sample_for({{11, 0, 7, 512}, {}, {}}, loaded.tiles);
    EXPECT_EQ(one.level, 20U);
    EXPECT_EQ(other.level, 20U);
    EXPECT_EQ(twice.level, 20U);
    EXPECT_EQ(one.thinning, 0U);  // few trips
    EXPECT_EQ(other.thinning, one.thinning);
}

TEST(MapSample, IsThinnerWhereMoreTripsMatch) {
    geo::TileTable tiles;
    tiles.key = {0, 1};
    tiles.level = {24, 24};
    tiles.first_trip = {0, 3'000'000, 6'000'000};
    tiles.pickup_box.assign(2, {-740'000'000, 407'000'000, -739'000'000, 408'000'000});
    tiles.dropoff_box = tiles.pickup_box;
    tiles.first_time.assign(2, core::WallTime{1'000'000});
    tiles.last_time.assign(2, core::WallTime{1'999'999});
    auto const thinning_at = [&](std::uint32_t zoom, Filter const& filter) {
        return sample_for({{zoom, 0, 0, 256}, filter, {}}, tiles).thinning;
    };
    EXPECT_EQ(thinning_at(10, {}), 0U);
    EXPECT_EQ(thinning_at(11, {}), 1U);
    EXPECT_EQ(thinning_at(20, {}), 3U);  // 6,000,000 / 64 is less than 2^18
    Filter tenth;
    tenth.from = core::WallTime{1'900'000};
    EXPECT_EQ(thinning_at(20, tenth), 1U);
    Filter none;
    none.from = core::WallTime{3'000'000};
    EXPECT_EQ(thinning_at(20, none), 0U);
}

TEST(MapSample, SameAtAnyThreadCount) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 100'000}), 400);
    TripIndex const index(loaded);
    for (Measure const measure : {Measure{}, Measure{Statistic::sum, Field::tip}}) {
        MapSampleQuestion const sample{22, 1, {}, measure};
        auto const wanted = sample_slowly(loaded, sample);
        with_thread_counts([&] { EXPECT_EQ(by_pixel(count_sample(index, sample)), wanted); });
    }
}

TEST(PixelTallies, AddUp) {
    Random random(harness::seed());
    ByPixel wanted;
    PixelTallies tallies;
    for (int i = 0; i < 50'000; ++i) {
        auto const key = static_cast<std::uint64_t>(pick(random, 0, 20'000)) << pick(random, 0, 30);
        PixelTally const tally{1, pick(random, -5, 5)};
        tallies.add(key, tally);
        wanted[key] += tally;
    }
    EXPECT_EQ(tallies.size(), wanted.size());
    EXPECT_EQ(by_pixel(tallies.take()), wanted);
    EXPECT_EQ(tallies.size(), 0U);
    EXPECT_TRUE(tallies.take().empty());
}

}  // namespace
}  // namespace tessera::query
