#include "tessera/geo/great_circle.hpp"

#include <cmath>
#include <numbers>

#include "near_distance.hpp"

namespace tessera::geo {
namespace {

constexpr double half_turn = 180.0 * core::angle_units_per_degree;
constexpr double below_rounding = 1.0 - 1e-12;
constexpr double above_rounding = 1.0 + 1e-12;

double square(double x) {
    return x * x;
}

double cos_of(std::int32_t lat) {
    return std::max(0.0, std::cos(lat * radians_per_unit));
}

/// sin^2 of half an angle in units of 1e-7 degree.
double sin2_half(double angle) {
    return square(std::sin(angle * radians_per_unit / 2));
}

/// Distance from x to the interval [low, high]; 0 inside.
double gap_to(double x, double low, double high) {
    return std::max({0.0, low - x, x - high});
}
/// Distance from x to the end of the interval that is farther away.
double reach_to(double x, double low, double high) {
    return std::max(std::abs(low - x), std::abs(high - x));
}

/// The cosine of a latitude is least at one of the box's edges.
double least_cos(Box const& box) {
    return std::min(cos_of(box.south), cos_of(box.north));
}
/// And largest at the equator, or at one of them.
double largest_cos(Box const& box) {
    return box.south <= 0 && box.north >= 0 ? 1 : std::max(cos_of(box.south), cos_of(box.north));
}

}  // namespace

DistanceFrom::DistanceFrom(Point origin)
    : origin_(origin), cos_lat_(cos_of(origin.lat)), sin_lat_(std::sin(origin.lat * radians_per_unit)) {}

double DistanceFrom::haversine(Point point) const {
    double const dlat = static_cast<double>(point.lat) - origin_.lat;
    double const dlon = static_cast<double>(point.lon) - origin_.lon;
    if (is_near(dlat, dlon)) return near_haversine(cos_lat_, sin_lat_, dlat, dlon);
    return sin2_half(dlat) + cos_lat_ * cos_of(point.lat) * sin2_half(dlon);
}

void DistanceFrom::find_metres(std::span<std::int32_t const> lon, std::span<std::int32_t const> lat,
                               std::span<double> metres) const {
    if (find_near_metres(origin_, cos_lat_, sin_lat_, lon, lat, metres)) return;
    for (std::size_t i = 0; i < metres.size(); ++i)
        if (!is_near(static_cast<double>(lat[i]) - origin_.lat, static_cast<double>(lon[i]) - origin_.lon))
            metres[i] = metres_of(haversine({lon[i], lat[i]}));
}

double DistanceFrom::lower_bound(Box const& box) const {
    double const dlat = gap_to(origin_.lat, box.south, box.north);
    double dlon = gap_to(origin_.lon, box.west, box.east);
    // sin^2(dlon/2) falls again beyond half a turn: the far edge may be the nearer one, the other way round.
    double const reach = reach_to(origin_.lon, box.west, box.east);
    if (reach > half_turn) dlon = std::min(dlon, std::max(0.0, 2 * half_turn - reach));
    return (sin2_half(dlat) + cos_lat_ * least_cos(box) * sin2_half(dlon)) * below_rounding;
}

double DistanceFrom::upper_bound(Box const& box) const {
    double const lat_reach = reach_to(origin_.lat, box.south, box.north);
    double const lon_reach = reach_to(origin_.lon, box.west, box.east);
    // sin^2 rises up to half a turn of longitude; beyond it, 1 is what it can be.
    double const across = lon_reach > half_turn ? 1 : sin2_half(lon_reach);
    return std::min(1.0, (sin2_half(lat_reach) + cos_lat_ * largest_cos(box) * across) * above_rounding);
}

FlatBound DistanceFrom::flat_bound(Box const& box) const {
    double const unit = square(radians_per_unit / 2) * below_rounding;
    // sin(y)^2 >= y^2 (1 - y^2/3) for 0 <= y <= pi/2; the bracket is least where y is largest.
    auto const bracket = [](double reach) { return std::max(0.0, 1 - square(reach * radians_per_unit / 2) / 3); };
    double const lat_reach = reach_to(origin_.lat, box.south, box.north);
    double const lon_reach = reach_to(origin_.lon, box.west, box.east);
    FlatBound bound{unit * bracket(lat_reach), unit * bracket(lon_reach) * cos_lat_ * least_cos(box)};
    if (lon_reach > half_turn) bound.lon_weight = 0;
    return bound;
}

FlatBound DistanceFrom::flat_ceiling(Box const& box) const {
    double const unit = square(radians_per_unit / 2) * above_rounding;  // sin(y)^2 <= y^2
    return {unit, unit * cos_lat_ * largest_cos(box)};
}

double metres_of(double haversine) {
    if (haversine <= largest_near_haversine) return near_metres(haversine);
    return 2 * earth_radius_metres * std::asin(std::sqrt(std::min(1.0, haversine)));
}

double haversine_of(double metres) {
    double const angle = metres / earth_radius_metres;
    return angle >= std::numbers::pi ? 1.0 : square(std::sin(angle / 2));
}

double great_circle_metres(Point a, Point b) {
    return metres_of(DistanceFrom(a).haversine(b));
}

}  // namespace tessera::geo
