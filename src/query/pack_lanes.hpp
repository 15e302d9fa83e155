#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "vector_lanes.hpp"

namespace tessera::query {

// Numbers of a set of lanes, put side by side: a table says for each set of eight lanes which ones come first, so that
// nobody walks from bit to bit, with a branch at the end that processors guess wrong.

inline constexpr std::size_t packed_lanes = 8;
using EightInts = std::int32_t __attribute__((vector_size(packed_lanes * sizeof(std::int32_t))));
using EightFloats = float __attribute__((vector_size(packed_lanes * sizeof(float))));

/// The lanes of each set, ascending, and then zeros. In 16 bits, which GCC widens by one instruction: 4 KiB.
inline constexpr auto lanes_of_set = [] {
    std::array<std::array<std::uint16_t, packed_lanes>, 1 << packed_lanes> lanes{};
    for (std::size_t set = 0; set < lanes.size(); ++set)
        for (std::size_t lane = 0, next = 0; lane < packed_lanes; ++lane)
            if ((set >> lane & 1) != 0) lanes[set][next++] = static_cast<std::uint16_t>(lane);
    return lanes;
}();

__attribute__((always_inline)) inline EightInts first_lanes(std::uint32_t set) {
    using Shorts = std::uint16_t __attribute__((vector_size(packed_lanes * sizeof(std::uint16_t))));
    Shorts lanes;
    std::memcpy(&lanes, lanes_of_set[set].data(), sizeof lanes);
    return __builtin_convertvector(lanes, EightInts);
}

/// Local. Lane i gets the number of lane lanes[i].
template <class Numbers>
__attribute__((always_inline)) inline Numbers taken(Numbers const& numbers, EightInts const& lanes) {
#if defined(__clang__)  // which takes only lanes that are known when it compiles
    Numbers some;
    for (std::size_t i = 0; i < packed_lanes; ++i)
        some[i] = numbers[lanes[i]];
    return some;
#else
    return __builtin_shuffle(numbers, lanes);
#endif
}

/// Local. Puts a set of up to 32 numbers side by side, ascending by lane, and the lanes' numbers, counted from
/// `first_lane`. How many they are. Shapes: `numbers` of Lanes, `packed` and `lane` with room for eight more.
template <std::size_t Lanes>
__attribute__((always_inline)) inline std::size_t pack(std::uint32_t set, float const* numbers,
                                                       std::uint32_t first_lane, float* packed, std::uint32_t* lane) {
    std::size_t count = 0;
    for (std::size_t part = 0; part < Lanes; part += packed_lanes) {
        std::uint32_t const some = set >> part & ((1U << packed_lanes) - 1);
        EightInts const lanes = first_lanes(some);
        EightFloats eight;
        std::memcpy(&eight, numbers + part, sizeof eight);
        EightFloats const chosen = taken(eight, lanes);
        EightInts const places = lanes + static_cast<std::int32_t>(first_lane + part);
        std::memcpy(packed + count, &chosen, sizeof chosen);
        std::memcpy(lane + count, &places, sizeof places);
        count += static_cast<std::size_t>(std::popcount(some));
    }
    return count;
}

/// Local. Drops the pairs whose number is above `most`, in place, and keeps the others in order; how many are left.
/// Shapes: `numbers`, none of them negative, and `values`, `size` of each, with room for sixteen more.
__attribute__((always_inline)) inline std::size_t drop_above(float most, std::size_t size, float* numbers,
                                                             std::uint32_t* values) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size; i += vector_lanes) {
        Floats all;
        std::memcpy(&all, numbers + i, sizeof all);
        std::uint32_t const there = (1U << std::min(vector_lanes, size - i)) - 1;
        std::uint32_t const set = lanes_at_most(all, most) & there;
        for (std::size_t part = 0; part < vector_lanes; part += packed_lanes) {
            std::uint32_t const some = set >> part & ((1U << packed_lanes) - 1);
            EightFloats eight;
            EightInts eight_values;
            std::memcpy(&eight, numbers + i + part, sizeof eight);
            std::memcpy(&eight_values, values + i + part, sizeof eight_values);
            EightInts const lanes = first_lanes(some);
            EightFloats const chosen = taken(eight, lanes);
            EightInts const chosen_values = taken(eight_values, lanes);
            std::memcpy(numbers + kept, &chosen, sizeof chosen);
            std::memcpy(values + kept, &chosen_values, sizeof chosen_values);
            kept += static_cast<std::size_t>(std::popcount(some));
        }
    }
    return kept;
}

}  // namespace tessera::query
