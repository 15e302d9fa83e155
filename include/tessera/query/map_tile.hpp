#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tessera/geo/map_grid.hpp"
#include "tessera/query/aggregate.hpp"
#include "tessera/query/filter.hpp"

namespace tessera::query {

/// A tile of a web map: of the 2^zoom x 2^zoom that the world is cut into, the x-th from the west and the y-th from the
/// north, as a picture of size x size pixels.
struct MapTile {
    std::uint32_t zoom = 0;
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    std::uint32_t size = 256;

    friend bool operator==(MapTile const&, MapTile const&) = default;
};

inline constexpr std::uint32_t most_zoom = 20;
inline constexpr std::uint32_t map_tile_sizes[] = {256, 512};

/// Local. Throws core::UsageError where there is no such tile: zoom 0 to 20, x and y below 2^zoom, size 256 or 512.
void require_in_pyramid(MapTile const& tile);
/// Local. The grid that its pixels belong to: one level finer for 512 pixels than for 256.
geo::MapGrid grid_of(MapTile const& tile);
/// Local. Around all points of the tile; the boxes of a zoom's tiles do not overlap.
geo::Box box_of(MapTile const& tile);
/// Local. The pixel of a point, row * size + column from the north-western corner; nothing outside the tile.
std::optional<std::uint32_t> pixel_of(MapTile const& tile, geo::Point point);

/// What a map tile shows of the trips that match: how many start (or end, by the filter) in each pixel, or what is
/// measured of these. Trivially copyable, as filters are.
struct MapQuestion {
    MapTile tile;
    Filter filter;
    Measure measure;  ///< trips, or the mean or the sum of a field
};

/// Local. The measure of "trips", "mean:fare" or "sum:tip". Throws core::UsageError for others.
Measure parse_map_measure(std::string_view text);
/// Local. Whether a field is measured, not only trips counted.
inline bool is_of_field(Measure measure) {
    return measure.statistic != Statistic::trips;
}
/// Local. The columns that the question reads.
core::ColumnSet columns_of(MapQuestion const& question);

/// Local. The filter's trips within a box as well: an end that is unknown is in none.
Filter inside(Filter filter, geo::Box const& box);

/// What a pixel holds. Sums of both add up over ranks.
struct PixelTally {
    std::uint64_t count = 0;  ///< trips; where a field is measured, those of which it is known
    std::int64_t sum = 0;     ///< of the field, in its units; 0 where none is measured

    PixelTally& operator+=(PixelTally const& other) {
        count += other.count;
        sum += other.sum;
        return *this;
    }
    friend bool operator==(PixelTally const&, PixelTally const&) = default;
};
/// Local. What the measure is worth there, in the field's units: what a pixel's colour shows. Shape: count > 0.
inline double value_of(PixelTally const& tally, Measure measure) {
    if (!is_of_field(measure)) return static_cast<double>(tally.count);
    auto const sum = static_cast<double>(tally.sum);
    return measure.statistic == Statistic::sum ? sum : sum / static_cast<double>(tally.count);
}

}  // namespace tessera::query
