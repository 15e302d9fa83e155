#pragma once
#include <cstdint>
#include <vector>

#include "key_layout.hpp"
#include "row_block.hpp"
#include "tessera/core/trip_table.hpp"

namespace tessera::query {

/// Local. The packed keys of a block's rows, in the low bits. Packed is the narrowest of std::uint32_t, std::uint64_t
/// and GroupKey that holds bits_of(keys). Shape: block.size() entries are written.
template <class Packed>
void pack_keys(core::TripTable const& trips, std::vector<Key> const& keys, RowBlock const& block,
               PerRow<Packed>& packed);

/// Local. A packed key of `bits` low bits as a GroupKey, whose digits begin at the top.
inline GroupKey group_key_of(std::uint64_t packed, unsigned bits) {
    return shift_up({0, 0, packed}, 64 * 3 - bits);
}
inline GroupKey group_key_of(GroupKey const& packed, unsigned bits) {
    return shift_up(packed, 64 * 3 - bits);
}

}  // namespace tessera::query
