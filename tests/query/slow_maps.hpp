#pragma once
#include "oracle.hpp"
#include "tessera/query/map_pixels.hpp"

namespace tessera::query::testing {

/// Local. The oracle of count_map_pixels: asks every trip for its pixel.
MapPixels count_map_slowly(geo::LoadedTiles const& loaded, MapQuestion const& question);

}  // namespace tessera::query::testing
