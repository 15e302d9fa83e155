#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "tessera/geo/tile.hpp"
#include "tessera/query/nearest.hpp"

namespace tessera::request {

/// The first and the last of some tiles. Ranks own runs of tiles: the tiles belong to one rank if and only if these two
/// do, however many ranks there are.
struct TileSpan {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// Which tiles a nearest question touches.
struct TouchedTiles {
    TileSpan needed;  ///< those whose box is no farther than the k-th neighbour: without them nobody could be sure
    TileSpan asked;   ///< those that the tile table alone cannot rule out: RankReach asks their ranks
};

/// Local, OpenMP. Shapes: all tiles of a store are loaded, with the columns that the questions need; questions are
/// about pick-ups and have no filter but that; the result has an entry a question.
std::vector<TouchedTiles> find_touched_tiles(geo::LoadedTiles const& loaded,
                                             std::span<query::NearestQuestion const> questions);

}  // namespace tessera::request
