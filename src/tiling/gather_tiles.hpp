#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/geo/box.hpp"
#include "tessera/tiling/key_order.hpp"
#include "tessera/tiling/sort_tile.hpp"

namespace tessera::tiling {

/// Rows of some tiles that stood on one rank, tile after tile: this rank's own, or those that came from another one.
struct RowList {
    std::span<KeyedRow const> own;
    std::vector<core::TripRows::Number> from_other;
    std::vector<std::uint64_t> first;  ///< of each tile, and the end
};

/// Boxes and time spans of some tiles.
struct TileBounds {
    std::vector<geo::Box> pickup, dropoff;
    std::vector<core::WallTime> first_time, last_time;
};

/// Local, OpenMP. Brings lists together in store order: each tile's rows by (pick-up time, file, line), from the places
/// `first` on, and bounds the tiles. Shapes: no tile is without a row; rows has first.back().
TileBounds gather_tiles(core::TripRows const& trips, std::span<RowList const> lists,
                        std::span<std::uint64_t const> first, TimedRows& rows);

}  // namespace tessera::tiling
