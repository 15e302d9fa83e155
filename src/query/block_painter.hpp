#pragma once
#include <vector>

#include "map_blocks.hpp"
#include "tile_pixels.hpp"

namespace tessera::query {

/// One thread's counts of a map tile's pixels, by blocks. Most blocks lie in one pixel, or in a few: then sets of rows
/// are counted, not rows.
class BlockPainter {
  public:
    /// Keeps references to all. Shape: the filter has a box, which is not empty, within the tile.
    BlockPainter(core::TripTable const& trips, MapBlocks const& blocks, Filter const& filter, TilePixels const& pixels)
        : trips_(trips),
          blocks_(blocks),
          order_(blocks.rows.order()),
          filter_(filter),
          box_(*filter.box),
          pixels_(pixels),
          count_(pixels.pixels()) {}

    bool take_all(geo::Box const& box, RowRange blocks) {
        if (!blocks_.is_sure(blocks.first) || !blocks_.is_sure(blocks.last - 1) || !box_.contains(box)) return false;
        Area const area = area_of(box);
        if (area.pixels() != 1) return false;
        add(area.first_column, area.first_row, rows_of_blocks(order_, blocks));
        return true;
    }
    void take(std::size_t block) {
        geo::Box const box = order_.box.box(block);
        bool const is_inside = box_.contains(box), all = is_inside && blocks_.is_sure(block);
        geo::Box const part = is_inside ? box : part_inside(box);
        if (part.empty()) return;  // boxes meet by half units: this one is beside the tile, by a unit
        Area const area = area_of(part);
        if (all && area.pixels() == 1) return add(area.first_column, area.first_row, order_.size[block]);
        std::uint32_t const rows = all ? static_cast<std::uint32_t>((std::uint64_t{1} << order_.size[block]) - 1)
                                       : blocks_.rows.matching(trips_, filter_, block);
        if (rows == 0) return;
        Frame const frame = frame_of(box);
        if (frame.exact() && area.pixels() <= most_sets)
            add_sets(order_.block[block], frame, area, rows);
        else
            add_rows(frame, block, rows);
    }
    std::vector<std::uint32_t> finish() { return std::move(count_); }

  private:
    /// Beyond so many pixels rows are looked at one by one.
    static constexpr std::uint32_t most_sets = 12;

    /// The pixels that a box touches.
    struct Area {
        std::uint32_t first_column, last_column, first_row, last_row;
        std::uint32_t pixels() const { return (last_column - first_column + 1) * (last_row - first_row + 1); }
    };
    Area area_of(geo::Box const& box) const {
        return {pixels_.column_of(box.west), pixels_.column_of(box.east), pixels_.row_of(box.north),
                pixels_.row_of(box.south)};
    }
    geo::Box part_inside(geo::Box const& box) const {
        return {std::max(box.west, box_.west), std::max(box.south, box_.south), std::min(box.east, box_.east),
                std::min(box.north, box_.north)};
    }
    void add(std::uint32_t column, std::uint32_t row, std::uint32_t trips) {
        count_[std::size_t{row} * pixels_.size + column] += trips;
    }

    /// The steps of a frame that hold [low, high], where its corner is at `corner`. Shape: they have some in common.
    static Steps steps_of(std::int64_t low, std::int64_t high, std::int32_t corner) {
        std::int64_t const first = std::max<std::int64_t>(low - corner, 0);
        std::int64_t const last = std::min<std::int64_t>(high - corner, 0xffff);
        return {static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(std::max(last - first, std::int64_t{0}))};
    }
    std::uint32_t rows_in_column(Block const& places, Frame const& frame, std::uint32_t column) const {
        std::int64_t const west = pixels_.box.west;
        return rows_in(places.x, steps_of(west + pixels_.across.edge(column),
                                          west + pixels_.across.edge(column + 1) - 1, frame.west));
    }
    std::uint32_t rows_in_row(Block const& places, Frame const& frame, std::uint32_t row) const {
        std::int64_t const north = pixels_.box.north;
        return rows_in(places.y,
                       steps_of(north - pixels_.down.edge(row + 1) + 1, north - pixels_.down.edge(row), frame.south));
    }
    void add_sets(Block const& places, Frame const& frame, Area const& area, std::uint32_t rows) {
        std::uint32_t in_column[most_sets];
        std::uint32_t const columns = area.last_column - area.first_column + 1;
        in_column[0] = rows;
        for (std::uint32_t i = 0; columns > 1 && i < columns; ++i)
            in_column[i] = rows & rows_in_column(places, frame, area.first_column + i);
        for (std::uint32_t row = area.first_row; row <= area.last_row; ++row) {
            std::uint32_t const in_row = area.first_row == area.last_row ? ~0U : rows_in_row(places, frame, row);
            for (std::uint32_t i = 0; i < columns; ++i)
                add(area.first_column + i, row, static_cast<std::uint32_t>(std::popcount(in_column[i] & in_row)));
        }
    }
    void add_rows(Frame const& frame, std::size_t block, std::uint32_t rows) {
        for (; rows != 0; rows &= rows - 1) {
            std::size_t const place = block * rows_a_block + static_cast<std::size_t>(std::countr_zero(rows));
            geo::Point const point = order_.point(trips_, frame, place);
            add(pixels_.column_of(point.lon), pixels_.row_of(point.lat), 1);
        }
    }

    core::TripTable const& trips_;
    MapBlocks const& blocks_;
    RowOrder const& order_;
    Filter const& filter_;
    geo::Box box_;
    TilePixels const& pixels_;
    std::vector<std::uint32_t> count_;
};

}  // namespace tessera::query
