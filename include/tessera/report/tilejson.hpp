#pragma once
#include <cstdint>
#include <string>

#include "tessera/geo/box.hpp"

namespace tessera::report {

/// What a pyramid of map tiles says of itself.
struct Pyramid {
    std::string name;      ///< "pick-ups"
    std::string software;  ///< name and version
    std::string url;       ///< of a tile, with {z}, {x} and {y}
    std::uint32_t least_zoom = 0;
    std::uint32_t most_zoom = 0;
    std::uint32_t size = 256;  ///< pixels
    geo::Box bounds;           ///< around what it shows; empty where it shows nothing
};

/// Local. The TileJSON 3.0.0 document of a pyramid, which web maps read (https://github.com/mapbox/tilejson-spec).
std::string tilejson_of(Pyramid const& pyramid);

}  // namespace tessera::report
