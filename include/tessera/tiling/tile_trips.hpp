#pragma once
#include <cstddef>
#include <cstdint>

#include "tessera/comm/communicator.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/tiling/exchange_trips.hpp"

namespace tessera::tiling {

/// All tiles, and the trips of those that this rank owns, in store order.
struct TiledTrips {
    geo::TileTable tiles;        ///< of all ranks; the same on each
    std::size_t first_tile = 0;  ///< this rank owns tiles [first_tile, last_tile)
    std::size_t last_tile = 0;
    core::TripTable trips;  ///< rows tiles.first_trip[first_tile] to tiles.first_trip[last_tile] of the store
    Traffic traffic;
};

/// Collective. Cuts all ranks' trips into tiles of at most `tile_trips` trips (but for cells of the deepest level),
/// gives each rank a run of tiles of nearly equal weight, and sorts. The result over all ranks depends on the trips
/// alone.
TiledTrips tile_trips(comm::Communicator const& comm, core::TripTable mine, std::uint64_t tile_trips);

}  // namespace tessera::tiling
