#pragma once
#include <cstddef>
#include <vector>

#include "tessera/core/units.hpp"

namespace tessera::query {

/// Local. The first row of [first, last) whose time is not before `time`; `last` where there is none. Times ascend.
/// It starts at a guess and widens its steps, so that a good guess costs one or two places of memory, where halving the
/// whole range would cost five. Shapes: first <= guess < last, or first == last.
std::size_t find_time(std::vector<core::WallTime> const& times, std::size_t first, std::size_t last, std::size_t guess,
                      core::WallTime time);

}  // namespace tessera::query
