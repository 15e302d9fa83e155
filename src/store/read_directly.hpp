#pragma once
#include "open_file.hpp"
#include "read_plan.hpp"
#include "tessera/core/trip_table.hpp"

namespace tessera::store {

/// Reading a piece costs a call of the system; so many cost little.
inline constexpr std::size_t most_direct_pieces = std::size_t{1} << 14;

/// Local, OpenMP. The wanted rows of the given columns, columns shared out over the threads. Throws core::DataError
/// where they are not what was written. Shape: file.direct.
core::TripTable read_directly(OpenStore::File const& file, std::vector<RowRange> wanted, core::ColumnSet columns);

}  // namespace tessera::store
