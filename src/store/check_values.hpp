#pragma once
#include <cstdint>
#include <string>

#include "tessera/geo/tile.hpp"

namespace tessera::store {

/// Local, OpenMP. Looks at the columns that were read of some tiles. What questions take for granted must hold, or
/// numbers out of a store that somebody made up would be followed out of their tables: a tile's pick-ups are in order
/// of time and between the tile's times, ends lie in the tile's boxes (or a drop-off is unknown), no drop-off is before
/// its pick-up, sources are such, and files are fewer than `files`. Throws core::DataError.
void check_values(std::string const& path, geo::LoadedTiles const& loaded, std::uint64_t files);

/// Local. As above, of single trips: what does not need the tile.
void check_values(std::string const& path, core::TripTable const& trips, std::uint64_t files);

}  // namespace tessera::store
