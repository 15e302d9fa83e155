#include "tessera/query/map_pyramid.hpp"

#include <gtest/gtest.h>

#include <map>

#include "harness/seed.hpp"
#include "slow_maps.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

/// Bit by bit.
std::uint64_t slow_key(GridPlace place) {
    std::uint64_t key = 0;
    for (int bit = 31; bit >= 0; --bit)
        key = key << 2 | (place.row >> bit & 1) << 1 | (place.column >> bit & 1);
    return key;
}

TEST(MortonKey, BitsTakeTurns) {
    Random random(harness::seed());
    EXPECT_EQ(morton_key({0, 0}), 0U);
    EXPECT_EQ(morton_key({1, 0}), 1U);
    EXPECT_EQ(morton_key({0, 1}), 2U);
    for (int i = 0; i < 10'000; ++i) {
        GridPlace const place{static_cast<std::uint32_t>(random()), static_cast<std::uint32_t>(random())};
        ASSERT_EQ(morton_key(place), slow_key(place));
        ASSERT_EQ(place_of(morton_key(place)), place);
    }
}

/// The oracle: every trip is asked for its tile and its pixel there.
std::map<std::uint64_t, PixelTally> tally_slowly(geo::LoadedTiles const& loaded, MapQuestion question,
                                                 std::uint32_t zoom) {
    std::map<std::uint64_t, PixelTally> found;
    geo::MapGrid const tiles(zoom);
    question.tile.zoom = zoom;
    for (StoredTrip const& stored : matching_trips(loaded, question.filter)) {
        geo::Point const point = point_of(stored.trip, question.filter.on);
        if (!is_known(point) || !geo::MapGrid::world().contains(point)) continue;
        question.tile.x = tiles.column_of(point.lon);
        question.tile.y = tiles.row_of(point.lat);
        std::uint32_t const size = question.tile.size, pixel = pixel_of(question.tile, point).value();
        PixelTally tally{1, 0};
        if (is_of_field(question.measure)) {
            auto const value = field_of(stored.trip, question.measure.field);
            if (!value) continue;
            tally.sum = *value;
        }
        found[slow_key({question.tile.x * size + pixel % size, question.tile.y * size + pixel / size})] += tally;
    }
    return found;
}

TEST(MapPyramid, EachLevelIsThatOfAllTrips) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 20; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix const mix{.trips = static_cast<std::size_t>(pick(random, 1, 2000)), .everywhere = one_in(random, 3)};
        geo::LoadedTiles const loaded =
            tile_up(make_trips(random, mix), static_cast<std::size_t>(pick(random, 1, 500)));
        MapQuestion question{
            {0, 0, 0, map_tile_sizes[pick(random, 0, 1)]}, make_filter(random, stored_trips(loaded)), {}};
        if (one_in(random, 2)) question.filter = {};
        if (one_in(random, 2)) question.measure = {Statistic::sum, static_cast<Field>(pick(random, 0, 6))};
        unsigned const tile_bits = question.tile.size == 256 ? 8 : 9;
        auto pixels = tally_pixels(loaded, question.filter, question.measure, 20 + tile_bits);
        order_pixels(pixels);
        for (std::uint32_t zoom = 20;; --zoom) {
            auto const wanted = tally_slowly(loaded, question, zoom);
            ASSERT_EQ(pixels.size(), wanted.size()) << "zoom " << zoom;
            std::size_t i = 0, tiles = 0;
            std::uint64_t last_tile = ~std::uint64_t{0};
            for (auto const& [key, tally] : wanted) {
                ASSERT_EQ(pixels[i++], (TalliedPixel{key, tally})) << "zoom " << zoom;
                tiles += key >> (2 * tile_bits) == last_tile ? 0 : 1;
                last_tile = key >> (2 * tile_bits);
            }
            auto const cuts = cut_tiles(pixels, tile_bits);
            ASSERT_EQ(cuts.size(), tiles + 1);
            ASSERT_EQ(cuts.back(), pixels.size());
            if (zoom == 0) break;
            pixels = fold_pixels(pixels);
        }
    }
}

TEST(MapPyramid, OrderJoinsEqualPixels) {
    std::vector<TalliedPixel> pixels{{7, {1, 5}}, {3, {2, -1}}, {7, {1, 1}}, {3, {1, 0}}, {9, {1, 1}}};
    order_pixels(pixels);
    EXPECT_EQ(pixels, (std::vector<TalliedPixel>{{3, {3, -1}}, {7, {2, 6}}, {9, {1, 1}}}));
    pixels.clear();
    order_pixels(pixels);
    EXPECT_TRUE(pixels.empty());
    EXPECT_EQ(cut_tiles(pixels, 8), std::vector<std::size_t>{0});
}

}  // namespace
}  // namespace tessera::query
