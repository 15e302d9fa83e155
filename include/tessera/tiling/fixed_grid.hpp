#pragma once
#include <cstdint>
#include <span>

#include "tessera/core/units.hpp"
#include "tessera/geo/box.hpp"

namespace tessera::tiling {

/// A region cut into equal cells, one a rank, whatever is in them: what one would do without looking at the trips.
struct FixedGrid {
    int columns = 1;
    int rows = 1;
    std::uint64_t most_trips = 0;  ///< in the fullest cell
};

/// Local, OpenMP. Of all grids of so many cells (rows one below the other, nearly square, or between), the one whose
/// fullest cell has the fewest trips; of equal ones that with the fewest columns. Shapes: one latitude a longitude;
/// cells
/// >= 1. What is outside the region counts for the cell that is nearest.
FixedGrid best_fixed_grid(geo::Box const& region, std::span<core::Angle const> lon, std::span<core::Angle const> lat,
                          int cells);

}  // namespace tessera::tiling
