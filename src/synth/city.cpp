#include "tessera/synth/city.hpp"

#include <cmath>

#include "city_spots.hpp"
#include "manhattan.hpp"

namespace tessera::synth {
namespace {

// Fifth Avenue and 42nd Street, and the avenues' 29 degrees off north.
constexpr double origin_lon = -73.9806, origin_lat = 40.7536;
constexpr double grid_sine = 0.48480962, grid_cosine = 0.87461971;
// A town is small enough for a plane.
constexpr double metres_per_lat = 111'195.0, metres_per_lon = 84'237.0;

struct Offset {
    double east, north;  // metres
};

geo::Point point_at(double lon, double lat, Offset offset) {
    return {geo::angle_from_degrees(lon + offset.east / metres_per_lon),
            geo::angle_from_degrees(lat + offset.north / metres_per_lat)};
}

GridPlace grid_place_of(double lon, double lat) {
    double const east = (lon - origin_lon) * metres_per_lon, north = (lat - origin_lat) * metres_per_lat;
    return {north * grid_cosine + east * grid_sine, east * grid_cosine - north * grid_sine};
}

geo::Point point_of(GridPlace place) {
    return point_at(origin_lon, origin_lat,
                    {place.up * grid_sine + place.east * grid_cosine, place.up * grid_cosine - place.east * grid_sine});
}

geo::Point draw_on_avenues(Spot const& spot, RandomStream& random) {
    GridPlace const centre = grid_place_of(spot.lon, spot.lat);
    for (int attempt = 0; attempt < 16; ++attempt) {
        GridPlace const wish{centre.up + spot.along * random.bell(), centre.east + spot.across * random.bell()};
        GridPlace const place = snap_to_manhattan(wish, random);
        if (is_built_manhattan(place)) return point_of(place);
    }
    return point_of(centre);
}

geo::Point draw_on_streets(Spot const& spot, RandomStream& random) {
    double up = spot.along * random.bell(), east = spot.across * random.bell();
    if (random.happens(0.5)) {
        east = std::round(east / 180.0) * 180.0 + 5.0 * random.bell();
    } else {
        up = std::round(up / 75.0) * 75.0 + 5.0 * random.bell();
    }
    double const sine = spot.angle_sine, cosine = std::sqrt(1.0 - sine * sine);
    return point_at(spot.lon, spot.lat, {up * sine + east * cosine, up * cosine - east * sine});
}

geo::Point draw_at_terminal(Spot const& spot, RandomStream& random) {
    return point_at(spot.lon, spot.lat, {spot.along * random.bell(), spot.across * random.bell()});
}

geo::Point draw_on_bridge(Spot const& spot, RandomStream& random) {
    double const t = random.uniform();
    return point_at(spot.lon + t * (spot.to_lon - spot.lon), spot.lat + t * (spot.to_lat - spot.lat),
                    {spot.across * random.bell(), spot.along * random.bell()});
}

/// Anywhere, but mostly not far from the middle.
geo::Point draw_anywhere(Spot const& spot, RandomStream& random) {
    double const east = random.bell(), north = random.bell();
    return point_at(spot.lon, spot.lat, {7'000.0 * east, 6'500.0 * north});
}

geo::Point draw_in(Spot const& spot, RandomStream& random) {
    switch (spot.shape) {
        case Shape::avenues:
            return draw_on_avenues(spot, random);
        case Shape::streets:
            return draw_on_streets(spot, random);
        case Shape::terminal:
            return draw_at_terminal(spot, random);
        case Shape::bridge:
            return draw_on_bridge(spot, random);
        case Shape::everywhere:
            return draw_anywhere(spot, random);
    }
    return {};
}

}  // namespace

Purpose pickup_purpose(core::Source source) {
    if (source == core::Source::green) return Purpose::green_pickup;
    return source == core::Source::uber ? Purpose::uber_pickup : Purpose::yellow_pickup;
}

City::City() {
    auto const spots = city_spots();
    for (std::size_t purpose = 0; purpose < purpose_count; ++purpose) {
        std::size_t total = 0;
        for (Spot const& spot : spots)
            total += spot.wanted[purpose];
        std::size_t sum = 0, slot = 0;
        for (std::size_t i = 0; i < spots.size(); ++i) {
            sum += spots[i].wanted[purpose];
            while (slot * total < sum * slots)
                spot_at_[purpose][slot++] = static_cast<std::uint8_t>(i);
        }
    }
}

Place City::draw(RandomStream& random, Purpose purpose) const {
    Spot const& spot = city_spots()[spot_at_[static_cast<std::size_t>(purpose)][random.below(slots)]];
    return {draw_in(spot, random), spot.zone};
}

Place City::draw_near_any_spot(RandomStream& random) {
    auto const spots = city_spots();
    Spot const& spot = spots[random.below(static_cast<std::uint32_t>(spots.size()))];
    return {draw_in(spot, random), spot.zone};
}

double street_metres(geo::Point a, geo::Point b) {
    double const east = static_cast<double>(b.lon - a.lon) / 1e7 * metres_per_lon;
    double const north = static_cast<double>(b.lat - a.lat) / 1e7 * metres_per_lat;
    return std::abs(north * grid_cosine + east * grid_sine) + std::abs(east * grid_cosine - north * grid_sine);
}

}  // namespace tessera::synth
