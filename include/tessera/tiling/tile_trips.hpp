#pragma once
#include <cstddef>
#include <cstdint>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/trip_rows.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/tiling/exchange_trips.hpp"
#include "tessera/tiling/sort_tile.hpp"

namespace tessera::tiling {

/// All tiles, and the trips of those that this rank owns, with the order in which the store has them.
struct TiledTrips {
    geo::TileTable tiles;        ///< of all ranks; the same on each
    std::size_t first_tile = 0;  ///< this rank owns tiles [first_tile, last_tile)
    std::size_t last_tile = 0;
    core::TripRows trips;
    TimedRows rows;  ///< of rows tiles.first_trip[first_tile] to tiles.first_trip[last_tile] of the store, in order
    Traffic traffic;
};

/// Collective. Cuts all ranks' trips into tiles of at most `tile_trips` trips (but for cells of the deepest level),
/// gives each rank a run of tiles of nearly equal weight, and sorts. The result over all ranks depends on the trips
/// alone.
TiledTrips tile_trips(comm::Communicator const& comm, core::TripRows mine, std::uint64_t tile_trips);

/// Local, OpenMP. Gives all memory back, which takes several threads less time than one.
void release(TiledTrips tiled);

/// Local. Rows [begin, end) of this rank's, in store order, as columns. `columns` is refilled.
void fill_columns(TiledTrips const& tiled, std::uint64_t begin, std::uint64_t end, core::TripTable& columns);

}  // namespace tessera::tiling
