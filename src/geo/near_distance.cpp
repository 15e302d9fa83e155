#include "near_distance.hpp"

#include "tessera/core/wide.hpp"

namespace tessera::geo {

TESSERA_WIDE
void find_near_metres(Point origin, double cos_lat, double sin_lat, std::span<std::int32_t const> lon,
                      std::span<std::int32_t const> lat, std::span<double> metres) {
    double const from_lon = origin.lon, from_lat = origin.lat;
    std::int32_t const* const lons = lon.data();
    std::int32_t const* const lats = lat.data();
    double* const to = metres.data();
    std::size_t const size = metres.size();
    for (std::size_t i = 0; i < size; ++i)
        to[i] = near_metres(near_haversine(cos_lat, sin_lat, lats[i] - from_lat, lons[i] - from_lon));
}

}  // namespace tessera::geo
