#pragma once
#include <cmath>
#include <numbers>
#include <span>

#include "tessera/geo/great_circle.hpp"

namespace tessera::geo {

// Distances of at most some hundred kilometres, as all within a city are, by polynomials: the same formula as for far
// points, but products alone, which the compiler can vectorise, and which give the same bits on any processor. The
// series of sine, cosine and arc sine are cut where the next term is below half a unit in the last place.

inline constexpr double radians_per_unit = std::numbers::pi / 180.0 / core::angle_units_per_degree;

/// Local. Whether differences in latitude and longitude, in units, are at most one degree.
inline bool is_near(double dlat, double dlon) {
    return std::abs(dlat) <= core::angle_units_per_degree && std::abs(dlon) <= core::angle_units_per_degree;
}

/// What the haversine of near points cannot exceed, (pi / 360)^2 twice, and a little more.
inline constexpr double largest_near_haversine = 1.6e-4;

/// Local. sin(y), for |y| <= 0.018.
inline double near_sin(double y) {
    double const z = y * y;
    return y * (1 - z * (1.0 / 6 - z * (1.0 / 120 - z * (1.0 / 5040))));
}

/// Local. The haversine of near points, by differences in units.
inline double near_haversine(double cos_lat, double sin_lat, double dlat, double dlon) {
    double const turn = dlat * radians_per_unit, z = turn * turn;
    double const cos_turn = 1 - z * (1.0 / 2 - z * (1.0 / 24 - z * (1.0 / 720)));
    double const other_cos_lat = cos_lat * cos_turn - sin_lat * near_sin(turn);
    double const up = near_sin(turn / 2), across = near_sin(dlon * radians_per_unit / 2);
    return up * up + cos_lat * (other_cos_lat > 0 ? other_cos_lat : 0.0) * (across * across);
}

/// Local. Metres of a haversine of at most largest_near_haversine: s^2 = h, and the series of asin(s).
inline double near_metres(double haversine) {
    double const h = haversine;
    double const series = 1 + h * (1.0 / 6 + h * (3.0 / 40 + h * (15.0 / 336 + h * (105.0 / 3456))));
    return 2 * earth_radius_metres * (std::sqrt(h) * series);
}

/// Local. The metres to each of some points that are near; of others, some number. Returns whether all are near.
/// Shapes: as many of each.
bool find_near_metres(Point origin, double cos_lat, double sin_lat, std::span<std::int32_t const> lon,
                      std::span<std::int32_t const> lat, std::span<double> metres);

}  // namespace tessera::geo
