#pragma once
#include <cstdint>
#include <limits>

#include "row_block.hpp"
#include "tessera/core/trip_table.hpp"
#include "tessera/query/aggregate.hpp"

namespace tessera::query {

/// Stands for an unknown value in a block's values; no column, and no difference of two times, can reach it.
inline constexpr std::int64_t no_value = std::numeric_limits<std::int64_t>::min();

/// Local. The values of a field in a block's rows, in the field's units. Returns whether all are known. Shape:
/// block.size() entries are written.
bool read_values(core::TripTable const& trips, Field field, RowBlock const& block, PerRow<std::int64_t>& values);

}  // namespace tessera::query
