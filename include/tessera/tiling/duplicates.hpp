#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/core/trip_table.hpp"

namespace tessera::tiling {

/// Local, OpenMP. Trips equal to an earlier one, by (file, line), in all that is stored but file and line; they are
/// counted for the later one's file. Equal trips start at one time and place, so that they lie in one tile, in one run
/// of equal times. `first` gives the tiles' rows (n_tiles + 1); trips are in store order. Shape of the result: files.
std::vector<std::uint64_t> count_duplicates(core::TripTable const& trips, std::span<std::uint64_t const> first,
                                            std::size_t files);

}  // namespace tessera::tiling
