#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/query/map_sample.hpp"
#include "tessera/query/map_tile.hpp"
#include "tessera/query/pixel_tallies.hpp"

// The pixels of a whole zoom that hold anything, as a list in order of their Morton keys: the bits of column and row
// take turns. In that order the four pixels that make one of the level above are neighbours, and so are all pixels of
// a map tile.
namespace tessera::query {

/// A pixel's, or a tile's, place in its grid.
struct GridPlace {
    std::uint32_t column = 0;
    std::uint32_t row = 0;
    friend bool operator==(GridPlace, GridPlace) = default;
};
/// Local. The Morton key of a place, and the place of a key.
std::uint64_t morton_key(GridPlace place);
GridPlace place_of(std::uint64_t key);

/// Local, OpenMP. What the loaded trips that match put into the pixels of a grid. Needs columns_of of a MapQuestion
/// with this filter and measure.
std::vector<TalliedPixel> tally_pixels(geo::LoadedTiles const& loaded, Filter const& filter, Measure measure,
                                       unsigned level);

/// Local. Puts a list of pixels in order, each once.
void order_pixels(std::vector<TalliedPixel>& pixels);
/// Local. The pixels of the level above: four become one. Shape: in order.
std::vector<TalliedPixel> fold_pixels(std::vector<TalliedPixel> const& pixels);

/// Local. Where the runs of tiles begin in a list of pixels, and its end; a tile has 4^tile_bits pixels. Shape: in
/// order.
std::vector<std::size_t> cut_tiles(std::span<TalliedPixel const> pixels, unsigned tile_bits);

}  // namespace tessera::query
