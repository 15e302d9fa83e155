#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/report/scale.hpp"

namespace tessera::report {

/// Pixels as indices into a ColorMap, row by row from the north-western corner. Shape: width * height.
struct Picture {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::vector<std::uint8_t> pixels;
};

/// The darkest colour that a pixel with something in it gets: far enough from the background to be seen.
inline constexpr std::uint8_t first_lit_color = 72;

/// Local. A picture of counts: the background where there are none, else first_lit_color to 255 by the scale.
/// Shape: width * height counts (std::invalid_argument).
Picture paint(std::span<std::uint64_t const> counts, std::uint32_t width, std::uint32_t height, Scale const& scale);

}  // namespace tessera::report
