#include "tessera/query/map_tile.hpp"

#include <gtest/gtest.h>

#include "harness/seed.hpp"
#include "oracle.hpp"
#include "tessera/core/error.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

TEST(MapTile, RefusesTilesOutsideThePyramid) {
    EXPECT_NO_THROW(require_in_pyramid({0, 0, 0, 256}));
    EXPECT_NO_THROW(require_in_pyramid({20, 1048575, 1048575, 512}));
    for (MapTile const& tile :
         {MapTile{21, 0, 0, 256}, MapTile{0, 1, 0, 256}, MapTile{0, 0, 1, 256}, MapTile{20, 1048576, 0, 256},
          MapTile{3, 0, 8, 256}, MapTile{3, 0, 0, 255}, MapTile{3, 0, 0, 1024}, MapTile{4'000'000'000, 0, 0, 256}})
        EXPECT_THROW(require_in_pyramid(tile), core::UsageError);
    try {
        require_in_pyramid({3, 8, 0, 256});
        FAIL();
    } catch (core::UsageError const& error) {
        EXPECT_STREQ(error.what(), "x and y must be from 0 to 7 at zoom 3, not 8 and 0");
    }
}

TEST(MapTile, MidtownIsWhereItIsOnEveryMap) {
    // From the formula by hand: Times Square is in tile 11/603/769 of the map everybody uses.
    geo::Point const square{-739'855'000, 407'580'000};
    EXPECT_TRUE(box_of({11, 603, 769, 256}).contains(square));
    EXPECT_TRUE(box_of({11, 603, 769, 512}) == box_of({11, 603, 769, 256}));
    EXPECT_EQ(pixel_of({11, 602, 769, 256}, square), std::nullopt);
}

TEST(MapTile, EachPointIsInOnePixelOfOneTileOfAZoom) {
    Random random(harness::seed());
    for (int i = 0; i < 2000; ++i) {
        auto const zoom = static_cast<std::uint32_t>(pick(random, 0, most_zoom));
        auto const size = map_tile_sizes[pick(random, 0, 1)];
        std::uint32_t const side = 1U << zoom;
        geo::Box const world = geo::MapGrid::world();
        geo::Point point{static_cast<std::int32_t>(pick(random, world.west, world.east)),
                         static_cast<std::int32_t>(pick(random, world.south, world.north))};
        geo::MapGrid const tiles(zoom);
        if (one_in(random, 2)) {  // on an edge between tiles
            point.lon = tiles.west_of(tiles.column_of(point.lon));
            point.lat = tiles.north_of(tiles.row_of(point.lat));
        }
        std::uint32_t const x = tiles.column_of(point.lon), y = tiles.row_of(point.lat);
        int found = 0;
        for (std::uint32_t near_x = x == 0 ? 0 : x - 1; near_x <= std::min(x + 1, side - 1); ++near_x)
            for (std::uint32_t near_y = y == 0 ? 0 : y - 1; near_y <= std::min(y + 1, side - 1); ++near_y)
                if (auto const pixel = pixel_of({zoom, near_x, near_y, size}, point)) {
                    ++found;
                    EXPECT_LT(*pixel, size * size);
                    EXPECT_EQ(near_x, x);
                    EXPECT_EQ(near_y, y);
                }
        EXPECT_EQ(found, 1) << point.lon << ", " << point.lat << " at zoom " << zoom;
    }
}

TEST(MapTile, MeasuresOfMaps) {
    EXPECT_EQ(parse_map_measure("trips"), Measure{});
    EXPECT_EQ(parse_map_measure("mean:tip"), (Measure{Statistic::mean, Field::tip}));
    EXPECT_EQ(parse_map_measure("sum:fare"), (Measure{Statistic::sum, Field::fare}));
    for (char const* const word : {"", "max:fare", "p50:fare", "fare", "mean:", "trips,mean:fare", "mean:time"})
        EXPECT_THROW(parse_map_measure(word), core::UsageError) << word;
    EXPECT_EQ(value_of({4, 10}, {Statistic::mean, Field::fare}), 2.5);
    EXPECT_EQ(value_of({4, 10}, {Statistic::sum, Field::fare}), 10.0);
    EXPECT_EQ(value_of({4, 0}, {}), 4.0);
}

}  // namespace
}  // namespace tessera::query
