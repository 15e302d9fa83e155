#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "row_block.hpp"
#include "tessera/query/row_order.hpp"

namespace tessera::query {

/// Rows that were picked out of blocks, and their pick-up times.
struct PickedPlaces {
    PerRow<std::uint32_t> rows;
    PerRow<core::WallTime> times;
    std::size_t count = 0;
};

/// Local. Picks the rows of a block of an order whose time, place and source match. Shape: there is room for
/// rows_a_block more.
void pick_rows_of_block(core::TripTable const& trips, RowOrder const& order, Filter const& filter, std::size_t block,
                        PickedPlaces& picked);

/// Local. Hands the matching rows of some blocks of an order to `take(block)`. Returns how many rows were looked at.
/// `store_row` is the place in the store of row 0.
template <class Take>
std::uint64_t take_blocks(core::TripTable const& trips, RowOrder const& order, std::uint64_t store_row,
                          Filter const& filter, std::span<std::uint32_t const> blocks, Take&& take) {
    PickedPlaces picked;
    std::uint64_t looked = 0;
    auto const hand_over = [&] {
        if (picked.count > 0) take(RowBlock(picked.rows, picked.times, picked.count, store_row));
        picked.count = 0;
    };
    for (std::uint32_t const block : blocks) {
        if (picked.count + rows_a_block > block_rows) hand_over();
        RowRange const places = order.places_of(block);
        looked += places.last - places.first;
        pick_rows_of_block(trips, order, filter, block, picked);
    }
    hand_over();
    return looked;
}

}  // namespace tessera::query
