#pragma once
#include <cstdint>
#include <vector>

#include "pick_places.hpp"
#include "tessera/query/match.hpp"

namespace tessera::query {

/// Local. The first `limit` (0: all) of the trips that were picked, in order. `store_row` is the place in the store of
/// row 0.
std::vector<Match> order_matches(core::TripTable const& trips, PickedPlaces const& picked, std::uint64_t store_row,
                                 std::uint64_t limit);

}  // namespace tessera::query
