#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/query/aggregate.hpp"

namespace tessera::query {

/// Local. Groups as one list of 64-bit numbers, to be sent: their length in numbers varies with their sketches.
std::vector<std::uint64_t> pack_groups(Groups const& groups);
/// Local. The groups of such a list.
Groups unpack_groups(std::span<std::uint64_t const> words);

}  // namespace tessera::query
