#include "tessera/geo/hilbert.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "harness/seed.hpp"

namespace tessera::geo {
namespace {

/// The classic algorithm: rotate and flip the coordinates, one level at a time (Wikipedia's xy2d).
std::uint64_t rotate_and_flip(Point point) {
    constexpr std::int64_t n = std::int64_t{1} << deepest_level;
    constexpr std::int64_t cell = std::int64_t{1} << (32 - deepest_level);
    std::int64_t x = (point.lon + (std::int64_t{1} << 31)) / cell;
    std::int64_t y = (point.lat + (std::int64_t{1} << 31)) / cell;
    std::int64_t key = 0;
    for (std::int64_t s = n / 2; s > 0; s /= 2) {
        std::int64_t const rx = (x & s) > 0 ? 1 : 0;
        std::int64_t const ry = (y & s) > 0 ? 1 : 0;
        key += s * s * ((3 * rx) ^ ry);
        if (ry == 0) {
            if (rx == 1) {
                x = n - 1 - x;
                y = n - 1 - y;
            }
            std::swap(x, y);
        }
    }
    return static_cast<std::uint64_t>(key);
}

Point random_point(std::mt19937_64& random, Box const& within) {
    std::uniform_int_distribution<std::int32_t> lon(within.west, within.east), lat(within.south, within.north);
    return {lon(random), lat(random)};
}

constexpr Box whole_grid{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::min(),
                         std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::max()};
constexpr Box new_york{-743'000'000, 404'500'000, -736'000'000, 410'000'000};

std::int64_t side_of(unsigned level) {
    return std::int64_t{1} << (32 - level);
}

std::vector<Point> corners(Box const& box) {
    return {{box.west, box.south}, {box.east, box.south}, {box.west, box.north}, {box.east, box.north}};
}

TEST(HilbertKey, IsAsTheClassicAlgorithmsKey) {
    std::mt19937_64 random(harness::seed());
    for (Box const& where : {whole_grid, new_york, Box{-1000, -1000, 1000, 1000}})
        for (int i = 0; i < 100'000; ++i) {
            Point const point = random_point(random, where);
            ASSERT_EQ(hilbert_key(point), rotate_and_flip(point)) << point.lon << "," << point.lat;
        }
    for (Point const corner : corners(whole_grid))
        EXPECT_EQ(hilbert_key(corner), rotate_and_flip(corner));
}

TEST(HilbertKey, NewYorkKeepsItsPlaceForEver) {
    // Stores hold keys: a change of the curve is a change of the format. The value is the classic algorithm's, in
    // another language.
    Point const empire_state{-739'857'000, 407'484'000};
    EXPECT_EQ(hilbert_key(empire_state), 132833789551469U);
    EXPECT_EQ(hilbert_key(Point{whole_grid.west, whole_grid.south}), 0U);
    EXPECT_EQ(hilbert_key(Point{whole_grid.east, whole_grid.south}), (std::uint64_t{1} << 48) - 1);
}

TEST(HilbertCurve, VisitsEachCellOnceAndGoesToANeighbour) {
    for (unsigned level = 1; level <= 6; ++level) {
        std::uint64_t const cells = std::uint64_t{1} << (2 * level);
        std::vector<bool> visited(cells, false);
        std::pair<std::int64_t, std::int64_t> before{};
        for (std::uint64_t prefix = 0; prefix < cells; ++prefix) {
            Box const box = cell_box(prefix, level);
            ASSERT_EQ(std::int64_t{box.east} - box.west + 1, side_of(level));
            ASSERT_EQ(std::int64_t{box.north} - box.south + 1, side_of(level));
            std::int64_t const west = std::int64_t{box.west} - whole_grid.west;
            std::int64_t const south = std::int64_t{box.south} - whole_grid.south;
            ASSERT_EQ(west % side_of(level), 0);
            ASSERT_EQ(south % side_of(level), 0);
            std::pair const here{west / side_of(level), south / side_of(level)};
            auto const place = static_cast<std::size_t>(here.first + (here.second << level));
            ASSERT_FALSE(visited[place]) << "cell " << prefix << " of level " << level << " is visited twice";
            visited[place] = true;
            std::int64_t const step = std::abs(here.first - before.first) + std::abs(here.second - before.second);
            ASSERT_TRUE(prefix == 0 || step == 1) << "a jump to cell " << prefix << " of level " << level;
            before = here;
        }
    }
}

TEST(CellBox, IsTheInverseOfTheKeyAtEachCellOfTheUpperLevels) {
    for (unsigned level = 0; level <= 6; ++level)
        for (std::uint64_t prefix = 0; prefix < std::uint64_t{1} << (2 * level); ++prefix)
            for (Point const corner : corners(cell_box(prefix, level)))
                ASSERT_EQ(prefix_of(hilbert_key(corner), level), prefix) << "level " << level;
    EXPECT_EQ(cell_box(0, 0), whole_grid);
}

TEST(CellBox, HoldsThePointsOfItsPrefixAndNoOthers) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 20'000; ++i) {
        Point const point = random_point(random, i % 2 ? new_york : whole_grid);
        std::uint64_t const key = hilbert_key(point);
        for (unsigned level = 0; level <= deepest_level; ++level) {
            Box const box = cell_box(prefix_of(key, level), level);
            ASSERT_TRUE(box.contains(point)) << "level " << level;
            ASSERT_EQ(std::int64_t{box.east} - box.west + 1, side_of(level));
            ASSERT_EQ(std::int64_t{box.north} - box.south + 1, side_of(level));
            for (Point const corner : corners(box))
                ASSERT_EQ(prefix_of(hilbert_key(corner), level), prefix_of(key, level));
        }
    }
}

TEST(Prefix, CellsOfOnePrefixNest) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 2'000; ++i) {
        std::uint64_t const key = hilbert_key(random_point(random, whole_grid));
        for (unsigned level = 0; level < deepest_level; ++level) {
            std::uint64_t const prefix = prefix_of(key, level);
            ASSERT_EQ(prefix_of(key, level + 1) >> 2, prefix);
            std::uint64_t const first = first_key_of(prefix, level), end = first_key_of(prefix + 1, level);
            ASSERT_TRUE(first <= key && key < end);
            ASSERT_EQ(first_key_of(prefix << 2, level + 1), first);
            for (std::uint64_t child = prefix << 2; child < (prefix + 1) << 2; ++child)
                ASSERT_TRUE(cell_box(prefix, level).contains(cell_box(child, level + 1)));
        }
    }
}

}  // namespace
}  // namespace tessera::geo
