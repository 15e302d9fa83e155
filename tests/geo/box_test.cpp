#include "tessera/geo/box.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "harness/seed.hpp"

namespace tessera::geo {
namespace {

TEST(Box, IsClosed) {
    Box const box{-10, -20, 30, 40};
    for (Point const inside : {Point{-10, -20}, Point{30, 40}, Point{-10, 40}, Point{30, -20}, Point{0, 0}})
        EXPECT_TRUE(box.contains(inside)) << inside.lon << "," << inside.lat;
    for (Point const outside : {Point{-11, 0}, Point{31, 0}, Point{0, -21}, Point{0, 41}})
        EXPECT_FALSE(box.contains(outside)) << outside.lon << "," << outside.lat;
}

TEST(Box, GrowsFromEmptyToATightOne) {
    Box box;
    EXPECT_TRUE(box.empty());
    EXPECT_FALSE(box.contains(Point{0, 0}));
    box.include(Point{5, -7});
    EXPECT_EQ(box, (Box{5, -7, 5, -7}));
    EXPECT_FALSE(box.empty());
    box.include(Point{-1, 9});
    EXPECT_EQ(box, (Box{-1, -7, 5, 9}));
    box.include(Box{});  // nothing
    EXPECT_EQ(box, (Box{-1, -7, 5, 9}));
    box.include(Box{0, 0, 100, 1});
    EXPECT_EQ(box, (Box{-1, -7, 100, 9}));
}

TEST(Box, RelationsAreThoseOfTheirPoints) {
    std::mt19937_64 random(harness::seed());
    std::uniform_int_distribution<std::int32_t> any(0, 6);
    auto const random_box = [&] {
        Box box;
        box.include(Point{any(random), any(random)});
        box.include(Point{any(random), any(random)});
        return box;
    };
    for (int i = 0; i < 5'000; ++i) {
        Box const a = random_box(), b = random_box();
        bool share = false, all = true;
        for (std::int32_t lon = 0; lon <= 6; ++lon)
            for (std::int32_t lat = 0; lat <= 6; ++lat) {
                share = share || (a.contains(Point{lon, lat}) && b.contains(Point{lon, lat}));
                all = all && (a.contains(Point{lon, lat}) || !b.contains(Point{lon, lat}));
            }
        ASSERT_EQ(a.intersects(b), share);
        ASSERT_EQ(a.contains(b), all);
    }
}

TEST(Box, AnEmptyBoxMeetsNothing) {
    EXPECT_FALSE(Box{}.intersects(Box::world()));
    EXPECT_FALSE(Box::world().intersects(Box{}));
}

TEST(Box, WorldIsTheWorld) {
    EXPECT_TRUE(Box::world().contains(Point{-1'800'000'000, -900'000'000}));
    EXPECT_TRUE(Box::world().contains(Point{1'800'000'000, 900'000'000}));
    EXPECT_FALSE(Box::world().contains(Point{1'800'000'001, 0}));
    EXPECT_FALSE(Box::world().contains(Point{std::numeric_limits<std::int32_t>::min(), 0}));  // an unknown coordinate
}

TEST(Angle, IsRoundedHalfAwayFromZero) {
    EXPECT_EQ(angle_from_degrees(-73.9857), -739'857'000);
    EXPECT_EQ(angle_from_degrees(40.7484), 407'484'000);
    EXPECT_EQ(angle_from_degrees(0.00000004), 0);
    EXPECT_EQ(angle_from_degrees(0.00000006), 1);
    EXPECT_EQ(angle_from_degrees(-0.00000006), -1);
    EXPECT_EQ(angle_from_degrees(0.000000050000001), 1);
    EXPECT_EQ(angle_from_degrees(180), 1'800'000'000);
    EXPECT_EQ(angle_from_degrees(-214), -2'140'000'000);
}

TEST(Angle, ComesBackFromDegrees) {
    std::mt19937_64 random(harness::seed());
    std::uniform_int_distribution<std::int32_t> any(-2'140'000'000, 2'140'000'000);
    for (int i = 0; i < 100'000; ++i) {
        std::int32_t const angle = any(random);
        ASSERT_EQ(angle_from_degrees(degrees_from_angle(angle)), angle);
    }
}

}  // namespace
}  // namespace tessera::geo
