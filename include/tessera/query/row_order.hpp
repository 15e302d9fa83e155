#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tessera/core/ask_memory.hpp"
#include "tessera/core/raw_array.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/query/box_groups.hpp"
#include "tessera/query/filter.hpp"
#include "tessera/query/vicinity.hpp"

namespace tessera::query {

/// Rows of a block.
inline constexpr std::size_t rows_a_block = 32;

/// A number for each row of a block; half a cache line or a whole one.
template <class T>
using PerPlace = std::array<T, rows_a_block>;

/// How the coordinates of a block are kept: in steps of 2^shift units from a corner. Blocks less than half a kilometre
/// wide have steps of one unit, so that nothing is lost.
struct Frame {
    std::int32_t west;
    std::int32_t south;
    unsigned shift;

    bool exact() const { return shift == 0; }
};

/// Local. The frame of the points in a box (of `BoxGroup::box`).
inline Frame frame_of(geo::Box const& box) {
    constexpr int coordinate_bits = 16;
    // As unsigned numbers these differences cannot overflow.
    auto const width = static_cast<std::uint32_t>(box.east) - static_cast<std::uint32_t>(box.west);
    auto const height = static_cast<std::uint32_t>(box.north) - static_cast<std::uint32_t>(box.south);
    int const bits = std::bit_width(width | height);
    return {box.west, box.south, static_cast<unsigned>(bits > coordinate_bits ? bits - coordinate_bits : 0)};
}

/// The coordinates of a block's rows in its frame: two cache lines. A step holds what lies up to the next one.
struct alignas(64) Block {
    PerPlace<std::uint16_t> x;
    PerPlace<std::uint16_t> y;
};

/// Rows of the loaded trips in an order other than the store's, cut into blocks. Block b holds size[b] rows, from place
/// b * rows_a_block on. Along a curve, rows of the very same place stand side by side, in order of (file, line). Some
/// 8.6 bytes a row.
struct RowOrder {
    End on = End::pickup;
    core::RawArray<std::uint32_t> row;  ///< by place; anything where a block ends early
    core::RawArray<Block> block;
    std::vector<std::uint8_t> size;  ///< of each block
    BoxGroups box;                   ///< around each block
    /// Of an order along the curve: about the key of the first row of each of the box's groups. Of others none.
    std::vector<std::uint64_t> group_key;
    std::vector<Vicinity> vicinity;  ///< likewise: what is around each of the groups

    std::size_t blocks() const { return block.size(); }
    bool is_curve() const { return !group_key.empty(); }
    Frame frame(std::size_t number) const { return frame_of(box.box(number)); }
    RowRange places_of(std::size_t number) const {
        return {number * rows_a_block, number * rows_a_block + size[number]};
    }
    /// Asks memory for what a search looks at in a block.
    void fetch(std::size_t number) const {
        core::ask_memory(&block[number].x);
        core::ask_memory(&block[number].y);
        core::ask_memory(&size[number]);
    }
    /// The same for the numbers of its rows.
    void fetch_rows(std::size_t number) const {
        core::ask_memory(row.data() + number * rows_a_block);  // the last block may end early
        core::ask_memory(row.data() + number * rows_a_block + rows_a_block / 2);
    }
    /// Asks memory for all that searches look at in some blocks: for the second cache, since the first has no room.
    void fetch_all(RowRange const& blocks) const {
        for (std::size_t group = blocks.first / BoxGroup::size; group * BoxGroup::size < blocks.last; ++group)
            box.fetch(0, group);
        for (std::size_t number = blocks.first; number < blocks.last; ++number) {
            core::ask_for_second_cache(&block[number].x);
            core::ask_for_second_cache(&block[number].y);
        }
    }
    /// Asks memory for what a search begins with in a group of a curve's blocks.
    void fetch_group(std::size_t group) const {
        BoxGroup const& boxes = box.floors()[0][group];
        core::ask_memory(&boxes.west);
        core::ask_memory(&boxes.south);
        core::ask_memory(&boxes.east);
        core::ask_memory(&boxes.north);
        core::ask_memory(&vicinity[group]);
    }
    /// Local. Where a row's end lies, exactly.
    geo::Point point(core::TripTable const& trips, Frame const& of_block, std::size_t place) const;
};

/// Local, OpenMP. All rows along the Hilbert curve of pick-ups. Shape: fewer than 2^32 trips.
RowOrder order_by_pickup(geo::LoadedTiles const& loaded);
/// Local, OpenMP. The rows with a known drop-off along the Hilbert curve of drop-offs. Shape: fewer than 2^32 trips.
RowOrder order_by_dropoff(geo::LoadedTiles const& loaded);

}  // namespace tessera::query
