#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tessera/query/map_tile.hpp"

namespace tessera::query {

/// One side of a map tile, cut into pixels: which of them a distance from the tile's first edge lies in. A list of
/// stretches so short that at most one edge is in each guesses, and one comparison settles it.
class TileSide {
  public:
    /// Local. Where each pixel begins, and the last one ends. Shape: ascending from 0; pixels may be empty.
    explicit TileSide(std::vector<std::uint32_t> edges) : edges_(std::move(edges)) {
        std::uint32_t least = edges_.back();
        for (std::size_t i = 1; i < edges_.size(); ++i)
            least = std::min(least, edges_[i] - edges_[i - 1]);
        shift_ = least > 1 ? static_cast<unsigned>(std::bit_width(least)) - 1 : 0;
        guesses_.resize((edges_.back() >> shift_) + 1);
        std::size_t pixel = 0;
        for (std::size_t stretch = 0; stretch < guesses_.size(); ++stretch) {
            while (pixel + 2 < edges_.size() && edges_[pixel + 1] <= stretch << shift_)
                ++pixel;
            guesses_[stretch] = static_cast<std::uint16_t>(pixel);
        }
    }
    /// Shape: less than the last edge.
    std::uint32_t pixel_at(std::uint32_t distance) const {
        std::uint32_t const guess = guesses_[distance >> shift_];
        return guess + (distance >= edges_[guess + 1] ? 1 : 0);
    }
    /// Where a pixel begins.
    std::uint32_t edge(std::uint32_t pixel) const { return edges_[pixel]; }

  private:
    std::vector<std::uint32_t> edges_;
    unsigned shift_ = 0;
    std::vector<std::uint16_t> guesses_;
};

/// The pixels of a map tile.
struct TilePixels {
    geo::Box box;
    std::uint32_t size;
    TileSide across;  ///< from the west
    TileSide down;    ///< from the north

    explicit TilePixels(MapTile const& tile)
        : box(box_of(tile)), size(tile.size), across(edges_across(tile, box)), down(edges_down(tile, box)) {}

    std::uint32_t column_of(std::int32_t lon) const { return across.pixel_at(distance(box.west, lon)); }
    std::uint32_t row_of(std::int32_t lat) const { return down.pixel_at(distance(lat, box.north)); }
    std::size_t pixels() const { return std::size_t{size} * size; }

  private:
    static std::uint32_t distance(std::int32_t low, std::int32_t high) {
        return static_cast<std::uint32_t>(high) - static_cast<std::uint32_t>(low);
    }
    static std::vector<std::uint32_t> edges_across(MapTile const& tile, geo::Box const& box) {
        geo::MapGrid const grid = grid_of(tile);
        std::vector<std::uint32_t> edges;
        for (std::uint32_t i = 0; i <= tile.size; ++i)
            edges.push_back(distance(box.west, grid.west_of(tile.x * tile.size + i)));
        return edges;
    }
    static std::vector<std::uint32_t> edges_down(MapTile const& tile, geo::Box const& box) {
        geo::MapGrid const grid = grid_of(tile);
        std::vector<std::uint32_t> edges;
        for (std::uint32_t i = 0; i <= tile.size; ++i)
            edges.push_back(distance(grid.north_of(tile.y * tile.size + i), box.north));
        return edges;
    }
};

}  // namespace tessera::query
