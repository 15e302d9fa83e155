#pragma once
#include <optional>
#include <vector>

#include "access.hpp"
#include "block_rows.hpp"
#include "blocks_within.hpp"

namespace tessera::query {

/// The blocks of an order that a map looks through for trips that match.
struct MapBlocks {
    BlockRows rows;
    std::vector<std::uint32_t> pieces;  ///< blocks, or groups of blocks
    bool are_groups = false;            ///< of as many blocks as a group's group has
    RowRange sure{0, 0};                ///< blocks whose rows have the right time and source, all of them

    bool is_sure(std::size_t block) const { return sure.first <= block && block < sure.last; }
};

/// How the trips of a filter are found: by the blocks of an order, or, where there are none, by `access`.
struct MapPlan {
    Access access;
    std::optional<MapBlocks> blocks;
    std::uint64_t rows = 0;  ///< about how many will be looked at
};
/// Local. Shapes: the filter has a box; `measured`: columns that are read of rows that match, beside their place.
MapPlan plan_map(TripIndex const& index, Filter const& filter, core::ColumnSet measured);

inline constexpr std::size_t blocks_a_map_piece = BoxGroup::size * BoxGroup::size;

/// Local. Calls worker.take(block) for the blocks of a piece that meet the box, but for those in groups that the worker
/// takes at once: worker.take_all(box around them, blocks) is asked first. As a part of a search (see
/// block_kernels.hpp).
template <class Worker>
void walk_map_piece(MapBlocks const& blocks, std::uint32_t piece, geo::Box const& box, Worker& worker) {
    if (!blocks.are_groups) return worker.take(piece);
    constexpr std::size_t size = BoxGroup::size;
    RowOrder const& order = blocks.rows.order();
    auto const& floors = order.box.floors();
    bool const has_upper = floors.size() > 1;
    std::size_t const first_group = has_upper ? piece * size : 0;
    std::uint32_t left = has_upper ? boxes_meeting(floors[1][piece], box) : 1;
    for (; left != 0; left &= left - 1) {
        auto const i = static_cast<std::size_t>(std::countr_zero(left));
        std::size_t const first = (first_group + i) * size;
        if (first >= order.blocks()) return;
        RowRange const here{first, std::min(first + size, order.blocks())};
        if (has_upper && worker.take_all(floors[1][piece].box(i), here)) continue;
        for (std::uint32_t some = those_of_range(first, here) & boxes_meeting(floors[0][first_group + i], box);
             some != 0; some &= some - 1)
            worker.take(first + static_cast<std::size_t>(std::countr_zero(some)));
    }
}

/// Local. The number of rows of some blocks that follow each other.
inline std::uint32_t rows_of_blocks(RowOrder const& order, RowRange blocks) {
    std::uint32_t rows = 0;
    for (std::size_t block = blocks.first; block < blocks.last; ++block)
        rows += order.size[block];
    return rows;
}

}  // namespace tessera::query
