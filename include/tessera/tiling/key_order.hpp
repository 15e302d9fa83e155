#pragma once
#include <cstdint>
#include <span>

#include "tessera/core/raw_array.hpp"
#include "tessera/core/trip_rows.hpp"

namespace tessera::tiling {

/// What is moved about in a trip's stead while trips are put in order.
struct KeyedRow {
    std::uint64_t key;  ///< on the Hilbert curve, of the pick-up
    core::WallTime time;
    core::TripRows::Number row;
};
using KeyedRows = core::RawArray<KeyedRow>;

/// Local. The key and time of a trip.
KeyedRow key_row(core::Trip const& trip, core::TripRows::Number row);

/// Local, OpenMP. One entry a row of the table.
KeyedRows key_rows(core::TripRows const& trips);

/// Local, OpenMP. Sorts by key; rows of one key keep their order. `spare` is memory that is used, and may be used
/// again.
void sort_by_key(KeyedRows& rows, KeyedRows& spare);

/// Local. Sorts by (pick-up time, file, line) the rows of one tile. `scratch` is as long, and used again and again.
void sort_tile(std::span<KeyedRow> rows, std::span<KeyedRow> scratch, core::TripRows const& trips);

}  // namespace tessera::tiling
