#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

#include "harness/seed.hpp"
#include "tessera/geo/great_circle.hpp"

// A bound that is too high loses neighbours; one that is too low loses only time, so that it is tested as well.
namespace tessera::geo {
namespace {

struct Case {
    char const* name;
    Box origins;           ///< where the point asked from lies
    Box boxes;             ///< where the boxes lie
    std::int32_t largest;  ///< side of a box
};

constexpr std::int32_t degree = 10'000'000;
Case const cases[] = {
    {"city",
     {-743'000'000, 404'500'000, -736'000'000, 410'000'000},
     {-743'000'000, 404'500'000, -736'000'000, 410'000'000},
     degree / 20},
    {"street corner",
     {-739'860'000, 407'480'000, -739'850'000, 407'490'000},
     {-739'860'000, 407'480'000, -739'850'000, 407'490'000},
     2'000},
    {"world", Box::world(), Box::world(), 60 * degree},
    {"date line",
     {170 * degree, -60 * degree, 180 * degree, 60 * degree},
     {-180 * degree, -60 * degree, -170 * degree, 60 * degree},
     10 * degree},
    {"half a turn",
     {-180 * degree, -10 * degree, -170 * degree, 10 * degree},
     {0, -10 * degree, 180 * degree, 10 * degree},
     180 * degree},
    {"north pole",
     {-180 * degree, 89 * degree, 180 * degree, 90 * degree},
     {-180 * degree, 88 * degree, 180 * degree, 90 * degree},
     2 * degree},
    {"south pole",
     {-180 * degree, -90 * degree, 180 * degree, -89 * degree},
     {-180 * degree, -90 * degree, 180 * degree, -88 * degree},
     40 * degree},
};

std::int32_t between(std::mt19937_64& random, std::int64_t low, std::int64_t high) {
    return static_cast<std::int32_t>(std::uniform_int_distribution<std::int64_t>(low, high)(random));
}
Point random_point(std::mt19937_64& random, Box const& box) {
    return {between(random, box.west, box.east), between(random, box.south, box.north)};
}

/// A box with some of its sides of length 0, cut at the edges of `within`.
Box random_box(std::mt19937_64& random, Case const& c) {
    Point const corner = random_point(random, c.boxes);
    std::int64_t const width = random() % 5 == 0 ? 0 : between(random, 0, c.largest);
    std::int64_t const height = random() % 5 == 0 ? 0 : between(random, 0, c.largest);
    return {corner.lon, corner.lat, static_cast<std::int32_t>(std::min<std::int64_t>(c.boxes.east, corner.lon + width)),
            static_cast<std::int32_t>(std::min<std::int64_t>(c.boxes.north, corner.lat + height))};
}

/// Points where a distance could be least: corners, the nearest by coordinates, edges; and some inside.
std::vector<Point> points_of(std::mt19937_64& random, Box const& box, Point origin) {
    std::int32_t const lon = std::clamp(origin.lon, box.west, box.east);
    std::int32_t const lat = std::clamp(origin.lat, box.south, box.north);
    std::vector<Point> points{
        {box.west, box.south}, {box.west, box.north}, {box.east, box.south}, {box.east, box.north}, {lon, lat},
        {box.west, lat},       {box.east, lat},       {lon, box.south},      {lon, box.north}};
    for (int i = 0; i < 60; ++i) {
        Point p = random_point(random, box);
        switch (i % 6) {
            case 0:
                p.lon = box.west;
                break;
            case 1:
                p.lon = box.east;
                break;
            case 2:
                p.lat = box.south;
                break;
            case 3:
                p.lat = box.north;
                break;
            default:
                break;
        }
        points.push_back(p);
    }
    return points;
}

/// And where it could be largest: half a turn away, on the equator, on the other side of it.
std::vector<Point> points_with_far_ones_of(std::mt19937_64& random, Box const& box, Point origin) {
    std::vector<Point> points = points_of(random, box, origin);
    std::int64_t const behind = origin.lon + (origin.lon > 0 ? -180 : 180) * std::int64_t{degree};
    auto const lon = static_cast<std::int32_t>(std::clamp<std::int64_t>(behind, box.west, box.east));
    for (std::int32_t const lat : {box.south, box.north, 0, origin.lat, -origin.lat})
        for (std::int32_t const x : {lon, box.west, box.east})
            points.push_back({x, std::clamp(lat, box.south, box.north)});
    return points;
}

double value_of(FlatBound const& bound, Point origin, Point p) {
    double const dlat = static_cast<double>(p.lat) - origin.lat, dlon = static_cast<double>(p.lon) - origin.lon;
    return bound.lat_weight * dlat * dlat + bound.lon_weight * dlon * dlon;
}

TEST(DistanceBound, NoPointOfABoxIsNearerThanItsBound) {
    std::mt19937_64 random(harness::seed());
    for (Case const& c : cases) {
        for (int i = 0; i < 20'000; ++i) {
            Box const box = random_box(random, c);
            // Every third origin is a point of the box or its edge, where both are zero.
            Point const origin = i % 3 == 0 ? random_point(random, box) : random_point(random, c.origins);
            DistanceFrom const from(origin);
            double const bound = from.lower_bound(box);
            FlatBound const flat = from.flat_bound(box);
            ASSERT_TRUE(bound >= 0 && flat.lat_weight >= 0 && flat.lon_weight >= 0) << c.name;
            for (Point const p : points_of(random, box, origin)) {
                double const true_value = from.haversine(p);
                ASSERT_LE(bound, true_value)
                    << c.name << ": origin " << origin.lon << "," << origin.lat << " box " << box.west << ","
                    << box.south << "," << box.east << "," << box.north << " point " << p.lon << "," << p.lat;
                ASSERT_LE(value_of(flat, origin, p), true_value)
                    << c.name << " (flat): origin " << origin.lon << "," << origin.lat << " box " << box.west << ","
                    << box.south << "," << box.east << "," << box.north << " point " << p.lon << "," << p.lat;
            }
        }
    }
}

TEST(DistanceBound, IsTightForSmallBoxesBesideTheOrigin) {
    std::mt19937_64 random(harness::seed());
    Case const near{"near", {-740'000'000, 407'000'000, -739'000'000, 408'000'000}, {}, 30'000};
    int outside = 0;
    for (int i = 0; i < 20'000; ++i) {
        Point const origin = random_point(random, near.origins);
        Case around = near;  // boxes of some 300 metres, within some 5 kilometres
        around.boxes = {origin.lon - 500'000, origin.lat - 500'000, origin.lon + 500'000, origin.lat + 500'000};
        Box const box = random_box(random, around);
        DistanceFrom const from(origin);
        FlatBound const flat = from.flat_bound(box);
        double least = std::numeric_limits<double>::max();
        for (Point const p : points_of(random, box, origin)) {
            double const true_value = from.haversine(p);
            least = std::min(least, true_value);
            ASSERT_GE(value_of(flat, origin, p), 0.999 * true_value);
        }
        ASSERT_GE(from.lower_bound(box), 0.999 * least);
        outside += box.contains(origin) ? 0 : 1;
    }
    EXPECT_GT(outside, 10'000) << "the case must not be empty";
}

TEST(DistanceBound, NoPointOfABoxIsFartherThanItsUpperBound) {
    std::mt19937_64 random(harness::seed());
    for (Case const& c : cases) {
        for (int i = 0; i < 20'000; ++i) {
            Box const box = random_box(random, c);
            Point const origin = i % 3 == 0 ? random_point(random, box) : random_point(random, c.origins);
            DistanceFrom const from(origin);
            double const bound = from.upper_bound(box);
            ASSERT_TRUE(bound >= from.lower_bound(box) && bound <= 1) << c.name;
            for (Point const p : points_with_far_ones_of(random, box, origin))
                ASSERT_GE(bound, std::min(1.0, from.haversine(p)))
                    << c.name << ": origin " << origin.lon << "," << origin.lat << " box " << box.west << ","
                    << box.south << "," << box.east << "," << box.north << " point " << p.lon << "," << p.lat;
        }
    }
}

TEST(DistanceBound, TheUpperOneIsTightForSmallBoxesBesideTheOrigin) {
    std::mt19937_64 random(harness::seed());
    int with_a_side = 0;
    for (int i = 0; i < 20'000; ++i) {
        Point const origin = random_point(random, cases[0].origins);
        Box const around{origin.lon - 500'000, origin.lat - 500'000, origin.lon + 500'000, origin.lat + 500'000};
        Box const box = random_box(random, {"near", {}, around, 30'000});
        DistanceFrom const from(origin);
        double farthest = 0;
        for (Point const p : points_of(random, box, origin))
            farthest = std::max(farthest, from.haversine(p));
        ASSERT_LE(from.upper_bound(box), 1.001 * farthest);
        with_a_side += box.west < box.east && box.south < box.north ? 1 : 0;
    }
    EXPECT_GT(with_a_side, 10'000) << "the case must not be empty";
}

TEST(DistanceBound, TheUpperOneOfAPointIsItsDistance) {
    DistanceFrom const from(Point{-739'857'000, 407'484'000});
    for (Point const p : {Point{-739'857'000, 407'484'000}, {-739'857'001, 407'484'000}, {0, 0}, {1'060'143'000, 0}}) {
        Box box;
        box.include(p);
        EXPECT_GE(from.upper_bound(box), from.haversine(p));
        EXPECT_LE(from.upper_bound(box), from.haversine(p) * (1 + 1e-11));
    }
}

TEST(DistanceBound, IsTightAcrossTheDateLine) {
    DistanceFrom const from(Point{1'799'999'000, 0});
    Box const box{-1'800'000'000, -1'000, -1'799'999'000, 1'000};
    double const least = from.haversine(Point{-1'800'000'000, 0});
    EXPECT_GE(from.lower_bound(box), 0.999 * least);
    EXPECT_GT(least, 0);
}

}  // namespace
}  // namespace tessera::geo
