#pragma once
#include <span>

#include "tessera/core/raw_array.hpp"
#include "tessera/core/trip_rows.hpp"

namespace tessera::tiling {

/// A row and its pick-up time.
struct TimedRow {
    core::WallTime time;
    core::TripRows::Number row;
};
using TimedRows = core::RawArray<TimedRow>;

/// Local. Sorts by (pick-up time, file, line) the rows of one tile. `scratch` is as long, and used again and again.
void sort_tile(std::span<TimedRow> rows, std::span<TimedRow> scratch, core::TripRows const& trips);

}  // namespace tessera::tiling
