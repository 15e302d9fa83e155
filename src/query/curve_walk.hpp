#pragma once
#include <cstdint>

#include "plane_search.hpp"

namespace tessera::query {

/// Local. The group of an order's blocks where a key is on the curve; quick where it is not far after the group `from`.
/// Shape: the order is a curve.
std::size_t group_at(RowOrder const& order, std::uint64_t key, std::size_t from = 0);

/// Local. Looks through all blocks of a curve that may hold what is wanted, beginning with the group where the
/// question's place is. False where the search must begin anew in another way: a limit is not found there, or the limit
/// leaves too many blocks.
bool walk_curve(RowOrder const& order, std::size_t group, PlaneSearch& search);

}  // namespace tessera::query
