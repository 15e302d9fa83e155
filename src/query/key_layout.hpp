#pragma once
#include <cstdint>

#include "tessera/geo/hilbert.hpp"
#include "tessera/query/group_key.hpp"

// How a key's value becomes a digit of a packed group key: value less the least value; an unknown one has all bits set.
namespace tessera::query {

inline constexpr int first_year = 1970;
/// A distance in hundredths of a mile is a 32-bit integer, so that miles lie well inside +-2^25.
inline constexpr unsigned mile_bits = 26;
inline constexpr std::int64_t least_mile = -(std::int64_t{1} << (mile_bits - 1));

constexpr std::int64_t least_value(KeyKind kind) {
    if (kind == KeyKind::year) return first_year;
    return kind == KeyKind::distance_mile ? least_mile : 0;
}

constexpr bool may_be_unknown(KeyKind kind) {
    return kind == KeyKind::passengers || kind == KeyKind::distance_mile || kind == KeyKind::dropoff_tile;
}

constexpr std::uint64_t all_ones(unsigned bits) {
    return (std::uint64_t{1} << bits) - 1;
}

/// Local. Bits of all keys together. Throws core::UsageError where they do not fit a GroupKey.
unsigned bits_of(std::vector<Key> const& keys);

/// Local. The 192-bit number moved up by `bits`; what passes the top is lost. Shape: bits <= 192.
constexpr GroupKey shift_up(GroupKey const& number, unsigned bits) {
    GroupKey moved{};
    std::size_t const words = bits / 64;
    unsigned const rest = bits % 64;
    for (std::size_t to = 0; to + words < number.size(); ++to) {
        moved[to] = number[to + words] << rest;
        if (rest > 0 && to + words + 1 < number.size()) moved[to] |= number[to + words + 1] >> (64 - rest);
    }
    return moved;
}

/// Local. A packed key of `bits` low bits as a GroupKey, whose digits begin at the top.
inline GroupKey group_key_of(std::uint64_t packed, unsigned bits) {
    return shift_up({0, 0, packed}, 64 * 3 - bits);
}
inline GroupKey group_key_of(GroupKey const& packed, unsigned bits) {
    return shift_up(packed, 64 * 3 - bits);
}

}  // namespace tessera::query
