#include "tessera/geo/map_grid.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tessera::geo {
namespace {

constexpr double radians_a_unit = std::numbers::pi / 180 / core::angle_units_per_degree;
constexpr double turn = 2 * std::numbers::pi;

}  // namespace

Box MapGrid::world() {
    // atan(sinh(pi)) is 85.05112877980659 degrees.
    return {-half_turn, least_latitude, half_turn, -least_latitude};
}

std::int32_t MapGrid::west_of(std::uint32_t column) const {
    std::uint64_t const columns = std::uint64_t{1} << level_;
    if (column == columns) return half_turn + 1;
    return static_cast<std::int32_t>(static_cast<std::int64_t>((column * whole_turn + columns - 1) >> level_) -
                                     half_turn);
}

std::int32_t MapGrid::north_of(std::uint32_t row) const {
    double const angle = std::numbers::pi * (1 - 2 * (row / side_));
    return static_cast<std::int32_t>(std::floor(std::atan(std::sinh(angle)) / radians_a_unit));
}

std::vector<MapGrid::Band> MapGrid::make_bands() {
    std::vector<Band> bands;
    for (double from = least_latitude; from <= -least_latitude; from += band_units) {
        double const lat = (from + band_units / 2) * radians_a_unit;
        double const tangent = std::tan(lat), secant = 1 / std::cos(lat);
        // The derivatives of asinh(tan(x)).
        double const once = secant, twice = secant * tangent, thrice = secant * (1 + 2 * tangent * tangent);
        double const u = radians_a_unit;
        bands.push_back({0.5 - std::asinh(tangent) / turn, -once * u / turn, -twice / 2 * u * u / turn,
                         -thrice / 6 * u * u * u / turn});
    }
    return bands;
}

std::vector<MapGrid::Band> const& MapGrid::shared_bands() {
    static std::vector<Band> const bands = make_bands();
    return bands;
}

std::uint32_t MapGrid::settle(std::int64_t row, std::int32_t lat) const {
    auto const last = static_cast<std::int64_t>(side_) - 1;
    auto near = static_cast<std::uint32_t>(std::clamp<std::int64_t>(row, 0, last));
    while (near > 0 && lat > north_of(near))
        --near;
    while (near < last && lat <= north_of(near + 1))
        ++near;
    return near;
}

}  // namespace tessera::geo
