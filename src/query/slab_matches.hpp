#pragma once
#include "block_rows.hpp"
#include "blocks_within.hpp"
#include "row_block.hpp"
#include "tessera/query/match.hpp"

namespace tessera::query {

/// More blocks than a search of this kind looks at.
inline constexpr std::size_t most_blocks_at_once = 4096;

/// What of matching rows will be looked at.
enum class Wanted : std::uint8_t { number, rows_and_times };

/// Local. Calls visit(block, rows) for the blocks of some slabs where rows match, `rows` being the set of these.
/// Shapes: at most most_blocks_at_once blocks; the filter's box, if there is one, is about the end of the slabs.
template <class Visit>
void for_each_matching(core::TripTable const& trips, TimeSlabs const& slabs, RowRange some, Filter const& filter,
                       Wanted wanted, Looked& looked, Visit&& visit) {
    constexpr std::size_t ahead = 24;  // blocks are asked for before they are looked at: they lie anywhere in memory
    // Within slabs that the window does not cut nobody asks for times.
    RowRange const whole = slabs.blocks_of(whole_slabs(slabs, some, filter));
    auto const is_whole = [&](std::size_t block) { return whole.first <= block && block < whole.last; };
    Filter without_window = filter;
    without_window.from = without_window.to = std::nullopt;

    auto const fetch = [&](std::size_t block) {
        slabs.fetch(block, wanted == Wanted::rows_and_times || !is_whole(block));
        if (wanted == Wanted::rows_and_times) slabs.order.fetch_rows(block);
    };
    std::uint32_t blocks[most_blocks_at_once];
    std::size_t count = 0;
    for_each_block_within(slabs.order.box, slabs.blocks_of(some), filter.box, [&](std::size_t block) {
        if (count < ahead) fetch(block);
        blocks[count++] = static_cast<std::uint32_t>(block);
    });
    BlockRows const rows(slabs);
    for (std::size_t i = 0; i < count; ++i) {
        if (i + ahead < count) fetch(blocks[i + ahead]);
        looked.rows += slabs.order.size[blocks[i]];
        std::uint32_t const found = rows.matching(trips, is_whole(blocks[i]) ? without_window : filter, blocks[i]);
        if (found != 0) visit(blocks[i], found);
    }
    looked.tiles += count;
}

}  // namespace tessera::query
