#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "row_block.hpp"
#include "tessera/query/row_order.hpp"

namespace tessera::query {

/// Local. Picks the rows of a block of an order whose time, place and source match, and appends them to `rows` at
/// `count`. Returns the new count. Shape: count + rows_a_block <= block_rows.
std::size_t pick_rows_of_block(core::TripTable const& trips, RowOrder const& order, Filter const& filter,
                               std::size_t block, PerRow<std::uint32_t>& rows, std::size_t count);

/// Local. Hands the matching rows of some blocks of an order to `take(block)`. Returns how many rows were looked at.
/// `store_row` is the place in the store of row 0.
template <class Take>
std::uint64_t take_blocks(core::TripTable const& trips, RowOrder const& order, std::uint64_t store_row,
                          Filter const& filter, std::span<std::uint32_t const> blocks, Take&& take) {
    PerRow<std::uint32_t> rows;
    std::size_t count = 0;
    std::uint64_t looked = 0;
    for (std::uint32_t const block : blocks) {
        if (count + rows_a_block > block_rows) {
            take(RowBlock(rows, count, store_row));
            count = 0;
        }
        RowRange const places = order.places_of(block);
        looked += places.last - places.first;
        count = pick_rows_of_block(trips, order, filter, block, rows, count);
    }
    if (count > 0) take(RowBlock(rows, count, store_row));
    return looked;
}

}  // namespace tessera::query
