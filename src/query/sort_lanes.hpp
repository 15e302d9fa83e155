#pragma once
#include <utility>

#include "vector_lanes.hpp"

namespace tessera::query {

// Numbers in lanes, put in order by a bitonic network: comparing and swapping whole vectors, always the same ones, so
// that nothing branches.

__attribute__((always_inline)) inline Floats lesser(Floats const& a, Floats const& b) {
    return a < b ? a : b;
}
__attribute__((always_inline)) inline Floats larger(Floats const& a, Floats const& b) {
    return a > b ? a : b;
}

/// Local. One step of the network: each lane is compared with the one `Stride` away. In runs of `Run` lanes the lesser
/// goes down, in those between up; or the other way round in `Down`.
template <int Run, int Stride, bool Down, int... Lane>
__attribute__((always_inline)) inline void sort_step(Floats& numbers, std::integer_sequence<int, Lane...>) {
    constexpr int lanes = vector_lanes;
    Floats const others = __builtin_shufflevector(numbers, numbers, (Lane ^ Stride)...);
    Floats const low = lesser(numbers, others), high = larger(numbers, others);
    numbers = __builtin_shufflevector(
        low, high, ((((Lane & Stride) == 0) == (((Lane & Run) == 0) != Down)) ? Lane : lanes + Lane)...);
}
template <int Run, int Stride, bool Down>
__attribute__((always_inline)) inline void sort_steps(Floats& numbers) {
    sort_step<Run, Stride, Down>(numbers, std::make_integer_sequence<int, static_cast<int>(vector_lanes)>());
    if constexpr (Stride > 1) sort_steps<Run, Stride / 2, Down>(numbers);
}

/// Local. Puts a vector in order; the largest first in `Down`.
template <bool Down>
__attribute__((always_inline)) inline void sort_lanes(Floats& numbers) {
    sort_steps<2, 1, Down>(numbers);
    sort_steps<4, 2, Down>(numbers);
    sort_steps<8, 4, Down>(numbers);
    sort_steps<16, 8, Down>(numbers);
}

/// Local. Puts two vectors in order, the sixteen least in `low`; the others only where they are wanted.
__attribute__((always_inline)) inline void sort_lanes(Floats& low, Floats& high, bool both = true) {
    sort_lanes<false>(low);
    sort_lanes<true>(high);
    Floats const least = lesser(low, high);
    if (both) {
        high = larger(low, high);
        sort_steps<16, 8, false>(high);
    }
    low = least;
    sort_steps<16, 8, false>(low);
}

}  // namespace tessera::query
