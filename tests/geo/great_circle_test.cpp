#include "tessera/geo/great_circle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "harness/seed.hpp"

namespace tessera::geo {
namespace {

constexpr Box new_york{-743'000'000, 404'500'000, -736'000'000, 410'000'000};

/// The oracle: Vincenty's formula on the sphere, good at all distances, in long double.
long double metres_by_arc_tangent(Point a, Point b) {
    constexpr long double unit = std::numbers::pi_v<long double> / 180.0L / 1e7L;
    long double const lat1 = a.lat * unit, lat2 = b.lat * unit;
    long double const turn = (static_cast<long double>(b.lon) - a.lon) * unit;
    long double const along = std::cos(lat2) * std::sin(turn);
    long double const across = std::cos(lat1) * std::sin(lat2) - std::sin(lat1) * std::cos(lat2) * std::cos(turn);
    long double const inward = std::sin(lat1) * std::sin(lat2) + std::cos(lat1) * std::cos(lat2) * std::cos(turn);
    return 6'371'008.8L * std::atan2(std::hypot(along, across), inward);
}

Point random_point(std::mt19937_64& random, Box const& within) {
    std::uniform_int_distribution<std::int32_t> lon(within.west, within.east), lat(within.south, within.north);
    return {lon(random), lat(random)};
}

Point at(double lon, double lat) {
    return {angle_from_degrees(lon), angle_from_degrees(lat)};
}

TEST(GreatCircle, IsAsTheArcTangentFormulaInTheCity) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 200'000; ++i) {
        Point const a = random_point(random, new_york);
        Point b = random_point(random, new_york);
        if (i % 2) b = {a.lon + (b.lon - a.lon) / 10'000, a.lat + (b.lat - a.lat) / 10'000};  // some metres
        double const want = static_cast<double>(metres_by_arc_tangent(a, b));
        ASSERT_NEAR(great_circle_metres(a, b), want, 1e-12 * want + 1e-9) << a.lon << "," << a.lat;
    }
}

TEST(GreatCircle, IsAsTheArcTangentFormulaInTheWorld) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 200'000; ++i) {
        Point const a = random_point(random, Box::world()), b = random_point(random, Box::world());
        double const want = static_cast<double>(metres_by_arc_tangent(a, b));
        // A haversine near 1, the antipode, loses half its digits in the arc sine.
        double const tolerance = want < 19'000'000 ? 1e-6 : 0.2;
        ASSERT_NEAR(great_circle_metres(a, b), want, tolerance)
            << a.lon << "," << a.lat << " " << b.lon << "," << b.lat;
    }
}

TEST(GreatCircle, KnownPairs) {
    double const quarter = 6'371'008.8 * std::numbers::pi / 2;
    EXPECT_NEAR(great_circle_metres(at(0, 0), at(90, 0)), quarter, 1e-6);
    EXPECT_NEAR(great_circle_metres(at(0, 0), at(-123.4, 90)), quarter, 1e-6);
    EXPECT_NEAR(great_circle_metres(at(17, -90), at(17, 90)), 2 * quarter, 0.2);
    EXPECT_NEAR(great_circle_metres(at(-74, 40), at(-74, 41)), 111'195.08, 0.01);
    EXPECT_NEAR(great_circle_metres(at(2.3522, 48.8566), at(-0.1278, 51.5074)), 343'500, 500);          // Paris, London
    EXPECT_NEAR(great_circle_metres(at(-73.7789, 40.6398), at(-118.4081, 33.9425)), 3'974'000, 1'000);  // JFK, LAX
    EXPECT_NEAR(great_circle_metres(at(-73.9857, 40.7484), at(-73.9855, 40.7580)), 1'067.6,
                0.1);                                                                 // Empire State, Times Sq.
    EXPECT_NEAR(great_circle_metres(at(179.5, 0), at(-179.5, 0)), 111'195.08, 0.01);  // over the date line
    EXPECT_EQ(great_circle_metres(at(-73.9857, 40.7484), at(-73.9857, 40.7484)), 0);
}

TEST(GreatCircle, IsTheSameBothWays) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 10'000; ++i) {
        Point const a = random_point(random, new_york), b = random_point(random, new_york);
        ASSERT_NEAR(great_circle_metres(a, b), great_circle_metres(b, a), 1e-9);
    }
}

TEST(Haversine, GrowsWithTheDistanceAndComesBackAsMetres) {
    double before = -1;
    for (double metres = 0.01; metres < 20'000'000; metres *= 1.07) {
        double const h = haversine_of(metres);
        ASSERT_GT(h, before);
        ASSERT_NEAR(metres_of(h), metres, metres < 19'000'000 ? 1e-9 * metres : 0.2);
        before = h;
    }
    EXPECT_EQ(haversine_of(0), 0);
    EXPECT_EQ(haversine_of(30'000'000), 1);
    EXPECT_EQ(metres_of(1.0000001), metres_of(1));
}

}  // namespace
}  // namespace tessera::geo
