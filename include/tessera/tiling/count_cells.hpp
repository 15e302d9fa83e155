#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/tiling/key_order.hpp"
#include "tessera/tiling/plan.hpp"

namespace tessera::tiling {

/// Local, OpenMP. How many rows lie in each descendant that the grower asks for: no row is looked at, only where
/// cells begin is sought. Shape: grower.counters().
std::vector<std::uint64_t> count_cells(KeyOrder const& sorted, PlanGrower const& grower);

/// Local, OpenMP. The first row of each of some tiles, and the end. Shape: keys + 1.
std::vector<std::uint64_t> find_tiles(KeyOrder const& sorted, std::span<std::uint64_t const> keys);

}  // namespace tessera::tiling
