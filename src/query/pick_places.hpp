#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "block_rows.hpp"
#include "row_block.hpp"

namespace tessera::query {

/// Rows that were picked out of blocks, and their pick-up times.
struct PickedPlaces {
    PerRow<std::uint32_t> rows;
    PerRow<core::WallTime> times;
    std::size_t count = 0;
};

/// Local. Picks the rows of a block that match, as a part of a search (see block_kernels.hpp). Shape: as below.
inline void pick_matching_rows(core::TripTable const& trips, BlockRows const& rows, Filter const& filter,
                               std::size_t block, PickedPlaces& picked) {
    for (std::uint32_t left = rows.matching(trips, filter, block); left != 0; left &= left - 1) {
        std::size_t const place = block * rows_a_block + static_cast<std::size_t>(std::countr_zero(left));
        picked.rows[picked.count] = rows.order().row[place];
        picked.times[picked.count++] = rows.time(trips, place);
    }
}

/// Local. Picks the rows of a block that match. Shape: there is room for rows_a_block more.
void pick_rows_of_block(core::TripTable const& trips, BlockRows const& rows, Filter const& filter, std::size_t block,
                        PickedPlaces& picked);

/// Local. Hands the matching rows of some blocks of an order to `take(block)`. Returns how many rows were looked at.
/// `store_row` is the place in the store of row 0.
template <class Take>
std::uint64_t take_blocks(core::TripTable const& trips, BlockRows const& rows, std::uint64_t store_row,
                          Filter const& filter, std::span<std::uint32_t const> blocks, Take&& take) {
    PickedPlaces picked;
    std::uint64_t looked = 0;
    auto const hand_over = [&] {
        if (picked.count > 0) take(RowBlock(picked.rows, picked.times, picked.count, store_row));
        picked.count = 0;
    };
    for (std::uint32_t const block : blocks) {
        if (picked.count + rows_a_block > block_rows) hand_over();
        looked += rows.order().size[block];
        pick_rows_of_block(trips, rows, filter, block, picked);
    }
    hand_over();
    return looked;
}

}  // namespace tessera::query
