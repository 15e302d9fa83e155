#include "tessera/tiling/fixed_grid.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "harness/seed.hpp"

namespace tessera::tiling {
namespace {

using Angles = std::vector<core::Angle>;
constexpr geo::Box region{-1000, 500, -1, 1499};  // 1,000 units each way

/// The oracle: each cell counts the trips between its edges; the edges of cell i of n are where i / n of the units are.
std::uint64_t count_slowly(Angles const& lon, Angles const& lat, int columns, int rows) {
    auto const is_in = [](std::int64_t units_from_edge, int i, int n) {
        return units_from_edge * n >= std::int64_t{1000} * i && units_from_edge * n < std::int64_t{1000} * (i + 1);
    };
    std::uint64_t most = 0;
    for (int column = 0; column < columns; ++column)
        for (int row = 0; row < rows; ++row) {
            std::uint64_t trips = 0;
            for (std::size_t i = 0; i < lon.size(); ++i)
                trips +=
                    is_in(lon[i].count - region.west, column, columns) && is_in(lat[i].count - region.south, row, rows)
                        ? 1
                        : 0;
            most = std::max(most, trips);
        }
    return most;
}

TEST(FixedGrid, IsTheBestOfAllWays) {
    std::mt19937_64 random(harness::seed());
    for (int round = 0; round < 10; ++round) {
        Angles lon, lat;
        for (int i = 0; i < 300; ++i) {  // half of them in a dense corner
            std::uint64_t const width = i % 2 == 0 ? 1000 : 90;
            lon.push_back({region.west + static_cast<std::int32_t>(random() % width)});
            lat.push_back({region.south + static_cast<std::int32_t>(random() % width)});
        }
        for (int const cells : {1, 2, 3, 6, 7, 16, 30}) {
            std::uint64_t fewest = lon.size();
            for (int columns = 1; columns <= cells; ++columns)
                if (cells % columns == 0) fewest = std::min(fewest, count_slowly(lon, lat, columns, cells / columns));
            auto const grid = best_fixed_grid(region, lon, lat, cells);
            EXPECT_EQ(grid.columns * grid.rows, cells);
            EXPECT_EQ(grid.most_trips, fewest) << cells << " cells";
            EXPECT_EQ(grid.most_trips, count_slowly(lon, lat, grid.columns, grid.rows));
        }
    }
}

TEST(FixedGrid, EdgesAreInside) {
    Angles const lon{{-1000}, {-1}, {-1000}, {-1}}, lat{{500}, {500}, {1499}, {1499}};
    auto const grid = best_fixed_grid(region, lon, lat, 4);
    EXPECT_EQ(grid.columns, 2);
    EXPECT_EQ(grid.rows, 2);
    EXPECT_EQ(grid.most_trips, 1U);
    Angles const far_lon{{-5000}, {7}}, far_lat{{0}, {5000}};
    EXPECT_EQ(best_fixed_grid(region, far_lon, far_lat, 2).most_trips, 1U);
    EXPECT_EQ(best_fixed_grid(region, {}, {}, 3).most_trips, 0U);
}

}  // namespace
}  // namespace tessera::tiling
