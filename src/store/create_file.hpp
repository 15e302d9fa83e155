#pragma once
#include <string>

#include "column_file.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/store/header.hpp"
#include "tessera/store/write_store.hpp"

namespace tessera::store {

/// Local. Throws core::DataError where the path's disk has not the room for a store of these tiles: better now than at
/// the end. How far compression goes nobody knows beforehand, so that a compressed store is not refused.
void require_room(std::string const& path, geo::TileTable const& tiles, Compression compression);

/// Local. Creates a store with all its tables, and with columns that have their place in the file but no values yet,
/// and closes it. One rank does this: whatever fails is its own error, and what all ranks do afterwards, writing values
/// into their places, changes nothing in HDF5's own bookkeeping, whose collective clean-up after an error never
/// returns. Returns where the columns are. Throws core::DataError, beforehand where the disk has not the room.
ColumnOffsets create_store_file(std::string const& path, StoreHeader const& header, geo::TileTable const& tiles,
                                Compression compression);

}  // namespace tessera::store
