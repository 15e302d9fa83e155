#pragma once
#include <cstdint>

namespace tessera::report {

/// The edges of a cell of the grid, in units of 1e-7 degree, each shared with the neighbour there; 64 bits, for the
/// last one lies beyond what an angle may hold.
struct CellEdges {
    std::int64_t west;
    std::int64_t south;
    std::int64_t east;
    std::int64_t north;
};

/// Local. The edges of the cell of a level with that prefix, cut to what a longitude or latitude may be.
CellEdges edges_of_cell(std::uint64_t prefix, unsigned level);

}  // namespace tessera::report
