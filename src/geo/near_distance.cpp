#include "near_distance.hpp"

#include <cstdint>

#include "tessera/core/wide.hpp"

namespace tessera::geo {

TESSERA_WIDE
bool find_near_metres(Point origin, double cos_lat, double sin_lat, std::span<std::int32_t const> lon,
                      std::span<std::int32_t const> lat, std::span<double> metres) {
    double const from_lon = origin.lon, from_lat = origin.lat;
    std::int32_t const* const lons = lon.data();
    std::int32_t const* const lats = lat.data();
    double* const to = metres.data();
    std::size_t const size = metres.size();
    for (std::size_t i = 0; i < size; ++i)
        to[i] = near_metres(near_haversine(cos_lat, sin_lat, lats[i] - from_lat, lons[i] - from_lon));
    // As unsigned numbers: what lies in [-degree, degree], and what wraps around is farther away.
    constexpr std::uint32_t degree = core::angle_units_per_degree;
    std::uint32_t const west = static_cast<std::uint32_t>(origin.lon) - degree;
    std::uint32_t const south = static_cast<std::uint32_t>(origin.lat) - degree;
    std::uint32_t far = 0;
    for (std::size_t i = 0; i < size; ++i) {
        far |= static_cast<std::uint32_t>(lons[i]) - west > 2 * degree ? 1U : 0U;
        far |= static_cast<std::uint32_t>(lats[i]) - south > 2 * degree ? 1U : 0U;
    }
    return far == 0;
}

}  // namespace tessera::geo
