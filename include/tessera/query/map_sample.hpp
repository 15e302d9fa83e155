#pragma once
#include <cstdint>
#include <vector>

#include "tessera/query/map_tile.hpp"
#include "tessera/query/pixel_tallies.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::query {

/// Asks for the pixels that a scale is made of: some of all the pixels of a grid, the same ones whichever tile is shown
/// and however many ranks count them. The grid is cut into small squares (of 4 x 4 pixels at least), and of every
/// 2^thinning x 2^thinning squares one is drawn by a hash of their place. Trivially copyable.
struct MapSampleQuestion {
    std::uint32_t level = 0;     ///< of the geo::MapGrid
    std::uint32_t thinning = 0;  ///< 0: all pixels
    Filter filter;
    Measure measure;
};

/// Local. The sample for a map tile's zoom, size, filter and measure, by the tile table of the whole store: thinner
/// where more trips match, so that it takes about as long to make.
MapSampleQuestion sample_for(MapQuestion const& question, geo::TileTable const& all_tiles);

/// Local. Whether a pixel of the grid is drawn.
bool is_drawn(MapSampleQuestion const& sample, std::uint32_t column, std::uint32_t row);

/// Local, OpenMP. What the indexed trips put into the pixels that are drawn, in no order that means anything; the key
/// is (row << 32) + column. Tallies of the same pixel add up over ranks.
std::vector<TalliedPixel> count_sample(TripIndex const& index, MapSampleQuestion const& sample);

/// Local. The tallies of several lists, each pixel once.
std::vector<TalliedPixel> merge_tallies(std::vector<std::vector<TalliedPixel>> lists);

}  // namespace tessera::query
