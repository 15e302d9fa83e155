#pragma once
#include <span>

#include "tessera/query/row_order.hpp"

namespace tessera::query {

/// Local. Writes points into a block; the box is theirs, and the one whose frame they are in. Shape: 1 to rows_a_block
/// points. The places of a block that are left over repeat the last point.
geo::Box pack_block(std::span<geo::Point const> points, Block& block);

}  // namespace tessera::query
