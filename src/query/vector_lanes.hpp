#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#include "tessera/query/box_groups.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tessera::query {

// Sixteen numbers side by side: a vector of GCC and Clang, for which they find the instructions of any processor: one
// of AVX-512, two of AVX2, four of SSE or NEON. Comparisons whose results are kept as numbers, rather than choose
// between two vectors, become sixteen single ones with GCC 12: signs of differences are used instead.
inline constexpr std::size_t vector_lanes = 16;
using Ints = std::int32_t __attribute__((vector_size(vector_lanes * sizeof(std::int32_t))));
using Unsigneds = std::uint32_t __attribute__((vector_size(vector_lanes * sizeof(std::uint32_t))));
using Floats = float __attribute__((vector_size(vector_lanes * sizeof(float))));
inline constexpr Ints lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

/// Local. Half of an angle, towards minus infinity.
inline std::int32_t half_below(std::int32_t angle) {
    return angle >> 1;
}
/// Local. The same towards plus infinity.
inline std::int32_t half_above(std::int32_t angle) {
    return (angle >> 1) + (angle & 1);
}

__attribute__((always_inline)) inline Ints load(BoxGroup::Edges const& edges) {
    static_assert(sizeof(edges) == sizeof(Ints));
    Ints values;
    std::memcpy(&values, edges.data(), sizeof values);
    return values;
}

/// Local. How far outside [low, high] an angle is, in half units, rounded down; 0 inside.
__attribute__((always_inline)) inline Ints gaps(std::int32_t angle, Ints const& low, Ints const& high) {
    Ints const under = low - half_above(angle), over = half_below(angle) - high;
    Ints const more = under > over ? under : over;
    return more > 0 ? more : 0;
}

template <int Step, int... Lane>
__attribute__((always_inline)) inline Ints rotate(Ints const& values, std::integer_sequence<int, Lane...>) {
    return __builtin_shufflevector(values, values, ((Lane + Step) & static_cast<int>(vector_lanes - 1))...);
}
/// Local. Lane i gets the number of lane i + Step, around.
template <int Step>
__attribute__((always_inline)) inline Ints rotate(Ints const& values) {
    return rotate<Step>(values, std::make_integer_sequence<int, static_cast<int>(vector_lanes)>());
}

/// Local. Differences that may wrap around.
__attribute__((always_inline)) inline Ints difference(Ints const& a, Ints const& b) {
    return std::bit_cast<Ints>(std::bit_cast<Unsigneds>(a) - std::bit_cast<Unsigneds>(b));
}

/// Local. The set of the lanes that are negative.
__attribute__((always_inline)) inline std::uint32_t set_of_negative(Ints const& numbers) {
#if defined(__SSE2__)  // which narrows numbers so that their signs stay, and gathers the signs of bytes
    __m128i part[4];
    std::memcpy(part, &numbers, sizeof numbers);
    return static_cast<std::uint32_t>(
        _mm_movemask_epi8(_mm_packs_epi16(_mm_packs_epi32(part[0], part[1]), _mm_packs_epi32(part[2], part[3]))));
#else
    constexpr Ints bits = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768};
    Ints found = (numbers >> 31) & bits;
    found |= rotate<8>(found);
    found |= rotate<4>(found);
    found |= rotate<2>(found);
    found |= rotate<1>(found);
    return static_cast<std::uint32_t>(found[0]);
#endif
}

/// Local. The set of the lanes with numbers of at most that. Shape: neither is negative; of a lane that is, or was
/// never written, it says anything.
__attribute__((always_inline)) inline std::uint32_t lanes_at_most(Floats const& numbers, float most) {
    // As numbers, the bits of floats that are not negative have the same order. Not by `difference`: GCC 12 writes its
    // arguments to memory here, which makes whole searches a tenth slower.
    return set_of_negative(
        std::bit_cast<Ints>(std::bit_cast<Unsigneds>(numbers) - (std::bit_cast<std::uint32_t>(most) + 1)));
}

/// Local. The least number in all lanes.
__attribute__((always_inline)) inline Ints least_in_all(Ints least) {
    auto const lesser = [](Ints const& a, Ints const& b) __attribute__((always_inline)) {
        return a < b ? a : b;
    };
    least = lesser(least, rotate<8>(least));
    least = lesser(least, rotate<4>(least));
    least = lesser(least, rotate<2>(least));
    return lesser(least, rotate<1>(least));
}

/// Local. The lane of the least number, or of one that differs from it in the last four of its bits. Shape: none is
/// negative.
__attribute__((always_inline)) inline std::size_t lane_of_least(Floats const& numbers) {
    // Floats that are not negative stand in the order of their bits. The last four give way to the lane.
    constexpr std::int32_t lane_bits = vector_lanes - 1;
    Ints const least = least_in_all((std::bit_cast<Ints>(numbers) & ~lane_bits) | lane_numbers);
    return static_cast<std::size_t>(least[0] & lane_bits);
}

/// Local. The numbers with another one in a lane.
__attribute__((always_inline)) inline Floats with(Floats const& numbers, std::size_t lane, float number) {
    Floats const all = number - Floats{};
    return lane_numbers == static_cast<std::int32_t>(lane) ? all : numbers;
}

/// Local. The numbers of a set of lanes, and another one in all others.
__attribute__((always_inline)) inline Floats chosen(std::uint32_t some, Floats const& numbers, float other) {
    Ints const left_out = ((static_cast<std::int32_t>(some) >> lane_numbers) & 1) - 1;
    return left_out < 0 ? other - Floats{} : numbers;
}

}  // namespace tessera::query
