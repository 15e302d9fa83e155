#pragma once
#include <array>
#include <cstdint>
#include <string>

#include "tessera/core/columns.hpp"
#include "tessera/store/write_store.hpp"

namespace tessera::store {

/// Where in a store's file each column begins. 0 where it has no rows.
using ColumnOffsets = std::array<std::uint64_t, core::column_count>;

/// Local. Writes a rank's rows of all columns to their places in a file whose columns are not compressed, and brings
/// them to the disk. Not through HDF5: its collective writing takes a column at a time from a copy of all trips, where
/// here columns exist for some thousand rows at a time, in the cache, and the disk has work from the first of them on.
/// Throws core::DataError.
void write_columns(std::string const& path, ColumnOffsets const& offsets, StorePart const& part);

}  // namespace tessera::store
