#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>

#include "tessera/core/units.hpp"

namespace tessera::geo {

/// A place, in units of 1e-7 degree.
struct Point {
    std::int32_t lon = 0;
    std::int32_t lat = 0;
    friend bool operator==(Point, Point) = default;
};

/// A closed box: a point on an edge is inside. The default box is empty, and grows by `include`.
struct Box {
    std::int32_t west = std::numeric_limits<std::int32_t>::max();
    std::int32_t south = std::numeric_limits<std::int32_t>::max();
    std::int32_t east = std::numeric_limits<std::int32_t>::min();
    std::int32_t north = std::numeric_limits<std::int32_t>::min();

    /// Longitudes -180 to 180, latitudes -90 to 90.
    static Box world();

    bool empty() const { return west > east || south > north; }
    bool contains(Point p) const { return p.lon >= west && p.lon <= east && p.lat >= south && p.lat <= north; }
    bool contains(Box const& b) const {
        return b.west >= west && b.east <= east && b.south >= south && b.north <= north;
    }
    bool intersects(Box const& b) const {
        return b.west <= east && b.east >= west && b.south <= north && b.north >= south;
    }
    void include(Point p) {
        west = std::min(west, p.lon);
        south = std::min(south, p.lat);
        east = std::max(east, p.lon);
        north = std::max(north, p.lat);
    }
    void include(Box const& b) {
        west = std::min(west, b.west);
        south = std::min(south, b.south);
        east = std::max(east, b.east);
        north = std::max(north, b.north);
    }
    friend bool operator==(Box const&, Box const&) = default;
};

/// Local. Degrees to units of 1e-7 degree, rounded half away from zero. Shapes: |degrees| <= 214.
std::int32_t angle_from_degrees(double degrees);
/// Local. Units of 1e-7 degree to degrees.
double degrees_from_angle(std::int32_t angle);

}  // namespace tessera::geo
