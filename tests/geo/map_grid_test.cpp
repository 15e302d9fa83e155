#include "tessera/geo/map_grid.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "harness/seed.hpp"

namespace tessera::geo {
namespace {

constexpr long double pi = 3.141592653589793238462643383279502884L;

/// The oracle: the formula as it is in every book, in long double.
long double column_by_formula(std::int32_t lon, unsigned level) {
    return std::ldexp((lon / 1e7L + 180) / 360, static_cast<int>(level));
}
long double row_by_formula(std::int32_t lat, unsigned level) {
    long double const x = lat / 1e7L * pi / 180;
    return std::ldexp((1 - std::asinh(std::tan(x)) / pi) / 2, static_cast<int>(level));
}

/// Whether a place is so near to an edge that the formula may be rounded to either side.
bool is_at_edge(long double place) {
    return std::abs(place - std::round(place)) < 1e-6L;
}

std::int32_t pick(std::mt19937_64& random, std::int32_t low, std::int32_t high) {
    return std::uniform_int_distribution<std::int32_t>(low, high)(random);
}

TEST(MapGrid, AgreesWithTheFormula) {
    std::mt19937_64 random(harness::seed());
    Box const world = MapGrid::world();
    for (unsigned level = 0; level <= MapGrid::deepest_level; ++level) {
        MapGrid const grid(level);
        int compared = 0;
        for (int i = 0; i < 3000; ++i) {
            bool const city = i % 2 == 0;
            std::int32_t const lon =
                city ? pick(random, -743'000'000, -736'000'000) : pick(random, world.west, world.east);
            std::int32_t const lat =
                city ? pick(random, 404'500'000, 410'000'000) : pick(random, world.south, world.north);
            long double const column = column_by_formula(lon, level), row = row_by_formula(lat, level);
            if (is_at_edge(column) || is_at_edge(row)) continue;
            ASSERT_EQ(grid.column_of(lon), static_cast<std::uint32_t>(column)) << lon << " at level " << level;
            ASSERT_EQ(grid.row_of(lat), static_cast<std::uint32_t>(row)) << lat << " at level " << level;
            ++compared;
        }
        EXPECT_GT(compared, 2900);
    }
}

/// Edges are what decides, also where the curve is steep: next to each edge, either side is in the right pixel.
TEST(MapGrid, EveryEdgePartsTwoPixels) {
    std::mt19937_64 random(harness::seed());
    for (unsigned level = 1; level <= MapGrid::deepest_level; ++level) {
        MapGrid const grid(level);
        auto const last = static_cast<std::int32_t>((std::uint32_t{1} << level) - 1);
        for (int i = 0; i < 300; ++i) {
            auto const line = static_cast<std::uint32_t>(pick(random, 1, last));
            std::int32_t const west = grid.west_of(line), north = grid.north_of(line);
            ASSERT_EQ(grid.column_of(west), line) << "level " << level;
            ASSERT_LT(grid.column_of(west - 1), line) << "level " << level;
            if (grid.north_of(line + 1) == north) continue;  // a row so low that no latitude is in it
            ASSERT_EQ(grid.row_of(north), line) << "level " << level;
            ASSERT_LT(grid.row_of(north + 1), line) << "level " << level;
        }
    }
}

TEST(MapGrid, CornersOfTheWorld) {
    Box const world = MapGrid::world();
    for (unsigned level = 0; level <= MapGrid::deepest_level; ++level) {
        MapGrid const grid(level);
        std::uint32_t const side = std::uint32_t{1} << level;
        EXPECT_EQ(grid.column_of(world.west), 0U);
        EXPECT_EQ(grid.column_of(world.east), side - 1);
        EXPECT_LE(grid.row_of(world.north), 1U);  // at last a row is less than a unit of latitude
        EXPECT_LE(side - 1 - grid.row_of(world.south), 1U);
        EXPECT_EQ(grid.west_of(0), world.west);
        EXPECT_EQ(grid.west_of(side), world.east + 1);
        EXPECT_EQ(grid.north_of(0), world.north);
        EXPECT_EQ(grid.north_of(side), world.south - 1);
    }
}

TEST(MapGrid, PixelsNest) {
    std::mt19937_64 random(harness::seed());
    Box const world = MapGrid::world();
    for (unsigned level = 1; level <= MapGrid::deepest_level; ++level) {
        MapGrid const grid(level), coarser(level - 1);
        for (int i = 0; i < 1000; ++i) {
            std::int32_t const lon = pick(random, world.west, world.east), lat = pick(random, world.south, world.north);
            ASSERT_EQ(grid.column_of(lon) / 2, coarser.column_of(lon));
            ASSERT_EQ(grid.row_of(lat) / 2, coarser.row_of(lat));
        }
    }
}

}  // namespace
}  // namespace tessera::geo
