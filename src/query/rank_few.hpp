#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace tessera::query {

/// So many can be ranked at once.
inline constexpr std::size_t most_ranked = 32;

namespace detail {

inline constexpr std::size_t long_lanes = 8;
using Longs = std::int64_t __attribute__((vector_size(long_lanes * sizeof(std::int64_t))));
using UnsignedLongs = std::uint64_t __attribute__((vector_size(long_lanes * sizeof(std::uint64_t))));

/// Keys whose order is that of the metres: their bits, with the number at the end, so that no two are alike. Metres on
/// the earth are below 2^25, and what is shorter than a millimetre counts as none, so that 63 bits suffice. After the
/// last one keys that come after all.
template <std::size_t Lanes>
inline void make_keys(double const* metres, std::size_t size, std::int64_t* keys) {
    constexpr auto least = std::bit_cast<std::int64_t>(1.0 / 1024);
    for (std::size_t i = 0; i < Lanes; ++i) {
        std::int64_t const above = std::max(std::bit_cast<std::int64_t>(metres[i]), least) - least;
        auto const key = static_cast<std::int64_t>(static_cast<std::uint64_t>(above) * most_ranked + i);
        keys[i] = i < size ? key : std::numeric_limits<std::int64_t>::max();
    }
}

/// How many of the keys are below each.
template <std::size_t Lanes>
inline void count_below(std::int64_t const* keys, std::uint64_t* below) {
    Longs mine[Lanes / long_lanes];
    UnsignedLongs count[Lanes / long_lanes]{};
    std::memcpy(mine, keys, sizeof mine);
    for (std::size_t one = 0; one < Lanes; ++one)
        for (std::size_t i = 0; i < Lanes / long_lanes; ++i)  // the signs of differences
            count[i] += std::bit_cast<UnsignedLongs>(keys[one] - mine[i]) >> 63;
    std::memcpy(below, count, sizeof count);
}

template <std::size_t Lanes>
inline bool rank_in(double const* metres, std::size_t size, std::uint16_t* order) {
    alignas(64) std::int64_t keys[Lanes];
    alignas(64) std::uint64_t below[Lanes];
    double sorted[Lanes];
    make_keys<Lanes>(metres, size, keys);
    count_below<Lanes>(keys, below);
    for (std::size_t one = 0; one < Lanes; ++one) {
        order[below[one]] = static_cast<std::uint16_t>(one);
        sorted[below[one]] = metres[one];
    }
    bool ascending = true;
    for (std::size_t i = 1; i < Lanes; ++i)
        ascending &= (sorted[i - 1] < sorted[i]) | (i >= size);
    return ascending;
}

}  // namespace detail

/// Local. Orders a few by metres, those that are alike by their numbers: order[0] is the number of the first. Each is
/// compared with all others, and with as many more as fill a vector: for so few that is faster than any way that
/// branches. Whether no two were alike; those less than a millimetre away may come in any order, and then it is false.
/// Shapes: size <= most_ranked, and memory for so many of each.
inline bool rank_few(double const* metres, std::size_t size, std::uint16_t* order) {
    constexpr std::size_t few = most_ranked / 2;
    return size <= few ? detail::rank_in<few>(metres, size, order) : detail::rank_in<most_ranked>(metres, size, order);
}

}  // namespace tessera::query
