#include "tessera/report/cell.hpp"

#include <algorithm>

#include "tessera/geo/hilbert.hpp"

namespace tessera::report {

CellEdges edges_of_cell(std::uint64_t prefix, unsigned level) {
    geo::Box const cell = geo::cell_box(prefix, level), world = geo::Box::world();
    // A cell's box is closed in integers; one unit more makes its edge the neighbour's. The widest cells reach beyond
    // what a longitude or latitude may be, and the last of them to the end of 32 bits.
    return {std::clamp(cell.west, world.west, world.east), std::clamp(cell.south, world.south, world.north),
            std::min<std::int64_t>(std::int64_t{cell.east} + 1, world.east),
            std::min<std::int64_t>(std::int64_t{cell.north} + 1, world.north)};
}

}  // namespace tessera::report
