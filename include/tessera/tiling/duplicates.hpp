#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/core/trip_rows.hpp"
#include "tessera/tiling/sort_tile.hpp"

namespace tessera::tiling {

/// Local, OpenMP. Trips equal to an earlier one, by (file, line), in all that is stored but file and line; they are
/// counted for the later one's file. Equal trips start at one time and place, so that they lie in one tile, in one run
/// of equal times: only trips of such runs are looked at. `first` gives the tiles' rows (n_tiles + 1); rows are in
/// store order. Shape of the result: files.
std::vector<std::uint64_t> count_duplicates(core::TripRows const& trips, std::span<TimedRow const> rows,
                                            std::span<std::uint64_t const> first, std::size_t files);

}  // namespace tessera::tiling
