#pragma once
#include <cstdint>
#include <vector>

#include "tessera/core/trip_table.hpp"
#include "tessera/geo/box.hpp"

namespace tessera::geo {

/// The tiles of a store, in the order of the curve, as a structure of arrays; the top of the index, replicated on
/// every rank. Shapes: n in each member but `first_trip`, which has n + 1.
struct TileTable {
    std::vector<std::uint64_t> key;          ///< first deepest-level Hilbert key of the cell; strictly ascending
    std::vector<std::uint8_t> level;         ///< of the cell
    std::vector<std::uint64_t> first_trip;   ///< row of the tile's first trip; the last entry is the number of trips
    std::vector<Box> pickup_box;             ///< tight around the pick-ups
    std::vector<Box> dropoff_box;            ///< tight around the known drop-offs; empty when there is none
    std::vector<core::WallTime> first_time;  ///< earliest pick-up
    std::vector<core::WallTime> last_time;   ///< latest pick-up

    std::size_t size() const { return key.size(); }
    std::uint64_t trips_in(std::size_t tile) const { return first_trip[tile + 1] - first_trip[tile]; }
};

/// Local. Number of trips of all tiles.
std::uint64_t trip_count(TileTable const& tiles);

/// Some tiles of a store with their trips in memory, in the store's order; within a tile, trips are in
/// (pick-up time, file, line) order. Only the columns that were asked for are there.
struct LoadedTiles {
    TileTable tiles;                       ///< `first_trip` counts rows of `trips`
    std::vector<std::uint64_t> store_row;  ///< row in the store of each tile's first trip
    core::TripTable trips;
};

/// Local. Adds to `to` the entry of tile `tile` of `from`, with its trips starting at row `to`'s last row.
void append_tile(TileTable& to, TileTable const& from, std::size_t tile);

}  // namespace tessera::geo
