#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "direct_file.hpp"
#include "seal.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/store/header.hpp"
#include "tessera/store/write_store.hpp"

namespace tessera::store {

/// Local. Throws core::DataError where the path's disk has not the room for a store of these tiles: better now than at
/// the end. How far compression goes nobody knows beforehand, so that a compressed store is not refused.
void require_room(std::string const& path, geo::TileTable const& tiles, Compression compression);

/// Where things are in a store's file.
struct StorePlaces {
    ColumnOffsets columns{};        ///< 0 for those without rows, and those that are compressed
    std::vector<ByteSpan> spans;    ///< of the others
    std::uint64_t sums_offset = 0;  ///< of the checksums; 0 where there are none, since there are no rows
    std::uint64_t sealed_end = 0;   ///< see write_seal
};

/// Local. Creates a store with all its tables, and with columns that have their place in the file but no values yet,
/// and closes it. One rank does this: whatever fails is its own error, and what all ranks do afterwards, writing values
/// into their places, changes nothing in HDF5's own bookkeeping, whose collective clean-up after an error never
/// returns. Returns where what is still to be written belongs. Throws core::DataError.
StorePlaces create_store_file(std::string const& path, StoreHeader const& header, geo::TileTable const& tiles,
                              Compression compression);

/// Local. Completes a file of which all columns are written: their checksums, of all pieces in order, and the seal.
/// Throws core::DataError.
void finish_store_file(std::string const& path, std::uint32_t format_version, StorePlaces const& places,
                       std::span<std::vector<Checksums> const> sums);

}  // namespace tessera::store
