#pragma once
#include <cstdint>
#include <vector>

#include "tessera/query/map_tile.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::query {

/// The pixels of a map tile, row by row from the north-western corner; counts and sums add up over ranks.
struct MapPixels {
    std::vector<std::uint64_t> count;  ///< as PixelTally::count. Shape: size * size, or none where all is zero
    std::vector<std::int64_t> sum;     ///< likewise; none where no field is measured

    bool empty() const { return count.empty(); }
    PixelTally at(std::size_t pixel) const { return {count[pixel], sum.empty() ? 0 : sum[pixel]}; }
    friend bool operator==(MapPixels const&, MapPixels const&) = default;
};

/// Local, OpenMP. What the loaded trips put into each pixel of the question's tile; no pixels where there are none.
/// Needs columns_of(question).
MapPixels count_map_pixels(geo::LoadedTiles const& loaded, MapQuestion const& question);
/// Local, OpenMP (one thread when called inside a parallel region, which `prepare_for` must precede). The same, by the
/// index: a block of trips that lies in one pixel as a whole is added at once.
MapPixels count_map_pixels(TripIndex const& index, MapQuestion const& question, Looked& looked);

}  // namespace tessera::query
