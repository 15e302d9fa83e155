#pragma once
#include <hdf5.h>

#include "handle.hpp"
#include "schema.hpp"
#include "tessera/core/trip_table.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/store/header.hpp"

namespace tessera::store {

/// Local. Creates an empty group.
void create_group(hid_t file, char const* path);
/// Local. Writes the root group's attributes.
void write_header(hid_t file, StoreHeader const& header);
/// Local. Writes /tiles.
void write_tile_table(hid_t file, geo::TileTable const& tiles);
/// Local. Creates /checksums without its values: a row for each piece (see PieceStarts), a column for each of /trips.
Handle create_checksums(hid_t file, std::uint64_t pieces);
/// Local. Writes /files and /ledger.
void write_ledger(hid_t file, core::Ledger const& ledger);

/// Local. describe_column with the unknown value of the column's type.
template <class T>
void describe_unknown(hid_t dataset, core::ColumnPlace<T> const& place) {
    if constexpr (std::is_enum_v<T>) {
        describe_column(dataset, place.id, file_type<T>(), nullptr);
    } else {
        // Attributes take their values in the file's type; both are little-endian wherever MPI and HDF5 run today.
        T const unknown = core::unknown<T>();
        describe_column(dataset, place.id, memory_type<T>(), &unknown);
    }
}

}  // namespace tessera::store
