#pragma once
#include <cstdint>
#include <vector>

#include "tessera/query/filter.hpp"

namespace tessera::query {

/// How many trips start (or end) in each pixel of a picture of `frame`; the filter chooses trips and end.
struct HeatQuestion {
    geo::Box frame;
    std::uint32_t width = 1200;   ///< pixels
    std::uint32_t height = 1200;  ///< pixels
    Filter filter;
};

/// Local. The columns that the question reads.
core::ColumnSet columns_of(HeatQuestion const& question);

/// Local. Pixels that a picture of that width must be high so that a kilometre is as long in both directions at the
/// frame's middle latitude; at least 1.
std::uint32_t height_of(geo::Box const& frame, std::uint32_t width);

/// Local, OpenMP. Trips per pixel, row by row from the north-western corner. Shape: width * height. Pixels are cut in
/// integers, and counts add up over ranks.
std::vector<std::uint64_t> count_pixels(geo::LoadedTiles const& loaded, HeatQuestion const& question);

}  // namespace tessera::query
