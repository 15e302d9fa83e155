#pragma once
#include "oracle.hpp"
#include "tessera/query/map_pixels.hpp"

namespace tessera::query::testing {

/// Local. What a field is worth in a trip; nothing where it is not known.
std::optional<std::int64_t> field_of(core::Trip const& trip, Field field);

/// Local. The oracle of count_map_pixels: asks every trip for its pixel.
MapPixels count_map_slowly(geo::LoadedTiles const& loaded, MapQuestion const& question);

}  // namespace tessera::query::testing
