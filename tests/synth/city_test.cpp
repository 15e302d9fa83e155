#include "tessera/synth/city.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "harness/seed.hpp"
#include "tessera/geo/great_circle.hpp"

namespace tessera::synth {
namespace {

constexpr int draws = 40'000;
constexpr geo::Box region{-743'000'000, 404'500'000, -736'000'000, 410'000'000};

geo::Point point(double lon, double lat) {
    return {geo::angle_from_degrees(lon), geo::angle_from_degrees(lat)};
}

/// The share of places for which something holds.
double share_of(Purpose purpose, std::function<bool(Place)> const& holds) {
    City const city;
    int count = 0;
    for (int row = 0; row < draws; ++row) {
        RandomStream random(harness::seed(), static_cast<std::uint64_t>(row));
        count += holds(city.draw(random, purpose)) ? 1 : 0;
    }
    return static_cast<double>(count) / draws;
}

double share_near(Purpose purpose, double lon, double lat, double metres) {
    geo::Point const middle = point(lon, lat);
    return share_of(purpose, [=](Place place) { return geo::great_circle_metres(place.point, middle) <= metres; });
}

TEST(City, LiesInTheRegion) {
    for (auto const purpose : {Purpose::yellow_pickup, Purpose::uber_pickup, Purpose::green_pickup, Purpose::dropoff}) {
        EXPECT_EQ(share_of(purpose, [](Place place) { return region.contains(place.point); }), 1.0);
    }
}

TEST(City, IsDenseWhereTaxisAre) {
    auto const in_manhattan = [](Place place) { return place.zone == Zone::manhattan; };
    EXPECT_GT(share_of(Purpose::yellow_pickup, in_manhattan), 0.85);
    EXPECT_GT(share_near(Purpose::yellow_pickup, -73.9855, 40.7580, 1000), 0.10);  // Times Square
    EXPECT_GT(share_near(Purpose::yellow_pickup, -73.9920, 40.7510, 500), 0.02);   // Penn Station
    EXPECT_GT(share_near(Purpose::uber_pickup, -73.9570, 40.7140, 1000), 0.01);    // Williamsburg
    EXPECT_GT(share_near(Purpose::yellow_pickup, -73.7822, 40.6450, 2000), 0.01);  // JFK
    EXPECT_GT(share_near(Purpose::yellow_pickup, -73.8700, 40.7720, 2000), 0.01);  // LaGuardia
    EXPECT_GT(share_near(Purpose::uber_pickup, -74.1780, 40.6910, 1500), 0.004);   // Newark
    EXPECT_LT(share_near(Purpose::yellow_pickup, -73.9690, 40.7780, 150), 0.001);  // the middle of Central Park
}

TEST(City, KeepsGreenCabsOutOfMidtown) {
    EXPECT_LT(share_near(Purpose::green_pickup, -73.9855, 40.7580, 2000), 0.005);
    EXPECT_GT(share_near(Purpose::green_pickup, -73.9450, 40.8080, 1500), 0.05);  // Harlem
}

TEST(City, MeasuresAlongTheStreets) {
    geo::Point const a = point(-73.9806, 40.7536),
                     b = point(-73.9550, 40.7883);  // up Fifth Avenue, 42nd to 96th Street
    double const straight = geo::great_circle_metres(a, b);
    EXPECT_NEAR(street_metres(a, b), straight, 0.03 * straight);
    geo::Point const c = point(-73.9550, 40.7536);
    EXPECT_GT(street_metres(a, c), 1.3 * geo::great_circle_metres(a, c));
    EXPECT_DOUBLE_EQ(street_metres(a, c), street_metres(c, a));
}

}  // namespace
}  // namespace tessera::synth
