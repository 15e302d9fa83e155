#pragma once
#include <cstdint>
#include <random>
#include <vector>

#include "tessera/geo/tile.hpp"

namespace tessera::query::testing {

using Random = std::mt19937_64;

/// Local. A number from low to high, both included.
std::int64_t pick(Random& random, std::int64_t low, std::int64_t high);
/// Local. True once in `n` times.
bool one_in(Random& random, int n);

/// What made-up trips are like.
struct TripMix {
    std::size_t trips = 2000;
    core::WallTime first{1'396'310'400};  ///< 2014-04-01
    std::uint32_t seconds = 30 * 86'400;  ///< pick-ups lie in so long a time
    std::int32_t lattice = 1;             ///< coordinates are multiples of it: above 1, many trips share a place
    bool everywhere = false;              ///< ends all over the globe, not in a few clusters of the city
    bool odd_values = true;               ///< unknown, negative and huge values among the others
};

/// Local. Trips with distinct (file, line).
std::vector<core::Trip> make_trips(Random& random, TripMix const& mix);

/// Local. The trips as a store holds them: quadtree cells in the order of the curve, split while they hold more than
/// `tile_trips`, the trips of a cell by (pick-up time, file, line), boxes tight. Rows of the store begin at
/// `first_store_row`.
geo::LoadedTiles tile_up(std::vector<core::Trip> trips, std::size_t tile_trips, std::uint64_t first_store_row = 0);

/// Local. Some of the tiles: each is left out once in three times, as where a rank loads only what a question needs.
geo::LoadedTiles leave_some_out(Random& random, geo::LoadedTiles const& loaded);

/// Local. The tiles [first, last): a run, as a rank owns it.
geo::LoadedTiles cut_out(geo::LoadedTiles const& loaded, std::size_t first, std::size_t last);

/// Local. All trips of the tiles, with their rows in the store.
struct StoredTrip {
    core::Trip trip;
    std::uint64_t store_row;
};
std::vector<StoredTrip> stored_trips(geo::LoadedTiles const& loaded);

}  // namespace tessera::query::testing
