#pragma once
#include <gtest/gtest.h>

#include <vector>

#include "tessera/geo/tile.hpp"

namespace tessera::tiling::testing {

/// Local. A table of trips.
inline core::TripTable table_of(std::vector<core::Trip> const& trips) {
    core::TripTable table;
    for (core::Trip const& trip : trips)
        append(table, trip);
    return table;
}

/// Local. Expects the same trips in the same order, column by column.
inline void expect_same_trips(core::TripTable const& found, core::TripTable const& wanted) {
    core::for_each_column([&](auto const& place) {
        auto const &a = found.*place.in_table, &b = wanted.*place.in_table;
        ASSERT_EQ(a.size(), b.size()) << core::text_of(place.id).name;
        for (std::size_t row = 0; row < a.size(); ++row)
            ASSERT_EQ(a[row], b[row]) << core::text_of(place.id).name << ", row " << row;
    });
}

/// Local. Expects the same tables of tiles.
inline void expect_same_tiles(geo::TileTable const& found, geo::TileTable const& wanted) {
    EXPECT_EQ(found.key, wanted.key);
    EXPECT_EQ(found.level, wanted.level);
    EXPECT_EQ(found.first_trip, wanted.first_trip);
    EXPECT_EQ(found.pickup_box, wanted.pickup_box);
    EXPECT_EQ(found.dropoff_box, wanted.dropoff_box);
    EXPECT_EQ(found.first_time, wanted.first_time);
    EXPECT_EQ(found.last_time, wanted.last_time);
}

}  // namespace tessera::tiling::testing
