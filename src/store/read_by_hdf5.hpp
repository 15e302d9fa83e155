#pragma once
#include "column_check.hpp"
#include "open_file.hpp"
#include "read_plan.hpp"
#include "tessera/core/trip_table.hpp"

namespace tessera::store {

/// Local. The wanted rows of the given columns, which HDF5 takes apart or converts. Each rank by itself: what HDF5
/// reads for all ranks together never returns on the others where one of them meets damage. Throws core::DataError
/// where they are not what was written. Shape: file.handle.
core::TripTable read_by_hdf5(OpenStore::File const& file, std::vector<RowRange> wanted, core::ColumnSet columns);

/// Local. Reads the pieces of `sums`, of all columns, and returns those that are damaged.
std::vector<Damage> verify_by_hdf5(OpenStore::File const& file, PieceSums const& sums);

}  // namespace tessera::store
