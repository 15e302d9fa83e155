#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "checksum.hpp"
#include "direct_file.hpp"
#include "pieces.hpp"
#include "tessera/store/write_store.hpp"

namespace tessera::store {

/// Local. The pieces of a rank's part; rows are those of the store.
PieceStarts pieces_of(StorePart const& part);

/// Local. The checksums of all pieces, of columns that begin with the first of them.
std::vector<Checksums> sum_pieces(core::TripTable const& columns, PieceStarts const& starts);

/// Local. Writes a rank's rows of all columns to their places in a file whose columns are not compressed, and brings
/// them to the disk. Not through HDF5: its collective writing takes a column at a time from a copy of all trips, where
/// here columns exist for some thousand rows at a time, in the cache, and the disk has work from the first of them on.
/// Returns the checksums of the part's pieces. Throws core::DataError.
std::vector<Checksums> write_columns(std::string const& path, ColumnOffsets const& offsets, StorePart const& part);

}  // namespace tessera::store
