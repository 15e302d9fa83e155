#include "tessera/geo/tile.hpp"

#include <gtest/gtest.h>

namespace tessera::geo {
namespace {

TileTable three_tiles() {
    TileTable tiles;
    tiles.key = {0, 100, 200};
    tiles.level = {3, 4, 5};
    tiles.first_trip = {0, 10, 10, 35};
    tiles.pickup_box = {Box{0, 0, 1, 1}, Box{}, Box{2, 2, 3, 3}};
    tiles.dropoff_box = {Box{}, Box{}, Box{7, 7, 8, 8}};
    tiles.first_time = {core::WallTime{1}, core::WallTime{2}, core::WallTime{3}};
    tiles.last_time = {core::WallTime{11}, core::WallTime{12}, core::WallTime{13}};
    return tiles;
}

TEST(TileTable, CountsItsTrips) {
    EXPECT_EQ(trip_count(three_tiles()), 35U);
    EXPECT_EQ(trip_count(TileTable{}), 0U);
    EXPECT_EQ(three_tiles().trips_in(0), 10U);
    EXPECT_EQ(three_tiles().trips_in(1), 0U);
    EXPECT_EQ(three_tiles().trips_in(2), 25U);
}

TEST(TileTable, AppendMovesTheFirstRow) {
    TileTable const from = three_tiles();
    TileTable to;
    append_tile(to, from, 2);
    append_tile(to, from, 0);
    EXPECT_EQ(to.size(), 2U);
    EXPECT_EQ(to.first_trip, (std::vector<std::uint64_t>{0, 25, 35}));
    EXPECT_EQ(to.key, (std::vector<std::uint64_t>{200, 0}));
    EXPECT_EQ(to.level, (std::vector<std::uint8_t>{5, 3}));
    EXPECT_EQ(to.pickup_box, (std::vector<Box>{Box{2, 2, 3, 3}, Box{0, 0, 1, 1}}));
    EXPECT_EQ(to.dropoff_box, (std::vector<Box>{Box{7, 7, 8, 8}, Box{}}));
    EXPECT_EQ(to.first_time, (std::vector<core::WallTime>{core::WallTime{3}, core::WallTime{1}}));
    EXPECT_EQ(to.last_time, (std::vector<core::WallTime>{core::WallTime{13}, core::WallTime{11}}));
}

TEST(TileTable, AppendingAllIsACopy) {
    TileTable const from = three_tiles();
    TileTable to;
    for (std::size_t tile = 0; tile < from.size(); ++tile)
        append_tile(to, from, tile);
    EXPECT_EQ(to.first_trip, from.first_trip);
    EXPECT_EQ(to.key, from.key);
}

}  // namespace
}  // namespace tessera::geo
