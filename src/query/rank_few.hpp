#pragma once
#include <cstddef>
#include <cstdint>

namespace tessera::query {

/// So many can be ranked at once.
inline constexpr std::size_t most_ranked = 16;

/// Local. Orders a few by (metres, place): order[0] is the number of the first. Each is compared with all others, which
/// for so few is faster than any way that branches. Shapes: size <= most_ranked of each, and memory for as many; no two
/// of the same metres and place.
inline void rank_few(double const* metres, std::uint32_t const* places, std::size_t size, std::uint16_t* order) {
    // All in doubles, so that everything is in lanes of the same width.
    alignas(64) double far[most_ranked], place[most_ranked], before[most_ranked];
    for (std::size_t i = 0; i < most_ranked; ++i) {
        bool const is_there = i < size;  // the lanes beyond are compared as well, and nobody looks at what comes of it
        far[i] = is_there ? metres[i] : 0;
        place[i] = static_cast<std::int32_t>((is_there ? places[i] : 0) ^ 0x8000'0000U);  // in the same order
        before[i] = 0;
    }
    for (std::size_t one = 0; one < size; ++one)
        for (std::size_t i = 0; i < most_ranked; ++i) {
            double const earlier = place[one] < place[i] ? 1.0 : 0.0;
            double const alike = far[one] == far[i] ? earlier : 0.0;
            before[i] += far[one] < far[i] ? 1.0 : alike;
        }
    for (std::size_t one = 0; one < size; ++one)
        order[static_cast<std::size_t>(before[one])] = static_cast<std::uint16_t>(one);
}

}  // namespace tessera::query
