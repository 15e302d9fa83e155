#pragma once
#include <cstdint>
#include <vector>

#include "key_layout.hpp"
#include "row_block.hpp"
#include "tessera/core/trip_table.hpp"

namespace tessera::query {

/// Local. The packed keys of a block's rows, in the low bits. Packed is the narrower of std::uint64_t and GroupKey that
/// holds bits_of(keys). Shape: block.size() entries are written.
template <class Packed>
void pack_keys(core::TripTable const& trips, std::vector<Key> const& keys, RowBlock const& block,
               PerRow<Packed>& packed);

}  // namespace tessera::query
