#pragma once
#include <cstdint>
#include <vector>

#include "tessera/geo/tile.hpp"
#include "tessera/query/filter.hpp"

namespace tessera::bench {

/// Degrees to metres on a plane, by the scale of the town's middle: what one gives to a library of plane geometry. It
/// is off by at most half a percent in the town, and costs the peers no haversine.
struct Plane {
    geo::Point middle;
    double metres_a_lon;  ///< a unit of 1e-7 degree
    double metres_a_lat;

    float x(std::int32_t lon) const { return static_cast<float>((lon - middle.lon) * metres_a_lon); }
    float y(std::int32_t lat) const { return static_cast<float>((lat - middle.lat) * metres_a_lat); }
};

/// The trips as the peers get them: those whose end `on` is known, along the Hilbert curve of that end, which is the
/// order that their caches like best.
struct PlaneTrips {
    query::End on = query::End::pickup;
    Plane plane{};
    std::uint32_t first_second = 0;      ///< what `seconds` counts from
    std::vector<float> x, y;             ///< metres
    std::vector<std::uint32_t> seconds;  ///< of the pick-up
    std::vector<std::uint32_t> row;      ///< of the store

    std::size_t size() const { return row.size(); }
};

PlaneTrips lay_out(geo::LoadedTiles const& loaded, query::End on);

}  // namespace tessera::bench
