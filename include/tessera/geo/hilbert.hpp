#pragma once
#include <cstdint>

#include "tessera/geo/box.hpp"

namespace tessera::geo {

/// Deepest level of the quadtree. A cell of level L is 2^(32-L) units of 1e-7 degree on a side, so that the grid is
/// exact in integers and the same for every store; at level 24 a cell is 2.56e-5 degree, some 2.8 metres of latitude.
inline constexpr unsigned deepest_level = 24;

/// Local. Place of a point's deepest cell on the Hilbert curve: 2 * deepest_level bits, two a level from the top.
std::uint64_t hilbert_key(Point point);

/// Local. The cell of a level whose place among the cells of that level is `prefix` (2 * level bits).
Box cell_box(std::uint64_t prefix, unsigned level);

/// Local. The prefix of a key at a level: the place of the cell of that level that holds it.
constexpr std::uint64_t prefix_of(std::uint64_t key, unsigned level) {
    return key >> (2 * (deepest_level - level));
}
/// Local. The first key of the cell of a level with that prefix.
constexpr std::uint64_t first_key_of(std::uint64_t prefix, unsigned level) {
    return prefix << (2 * (deepest_level - level));
}

}  // namespace tessera::geo
