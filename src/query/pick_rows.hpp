#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "row_block.hpp"
#include "tessera/query/filter.hpp"

namespace tessera::query {

/// Rows that lie side by side, here and in the store, and that are in the filter's window.
struct RowRun {
    std::size_t first = 0;
    std::size_t last = 0;
    std::uint64_t store_row = 0;  ///< of the first row
    bool certain = true;          ///< all of them match, by their tiles' boxes alone

    std::size_t size() const { return last - first; }
    bool continues_in(RowRun const& next) const {
        return last == next.first && store_row + size() == next.store_row && certain == next.certain;
    }
};

/// Local. The rows of a tile that are in the window; none when no trip of the tile can match.
RowRun run_of_tile(geo::LoadedTiles const& loaded, Filter const& filter, std::size_t tile);

/// Local. Picks the rows of first, ..., first + size - 1 whose place and source match. Returns how many.
std::size_t pick_rows(core::TripTable const& trips, Filter const& filter, std::size_t first, std::size_t size,
                      PerRow<std::uint16_t>& picked);

/// Local. Cuts a run into blocks and hands those that hold matching rows to `take(block)`.
template <class Take>
void take_run(core::TripTable const& trips, Filter const& filter, RowRun const& run, Take&& take) {
    for (std::size_t done = 0; done < run.size(); done += block_rows) {
        std::size_t const first = run.first + done, size = std::min(block_rows, run.size() - done);
        if (run.certain) {
            take(RowBlock(first, size, run.store_row + done));
        } else {
            PerRow<std::uint16_t> picked;
            std::size_t const matching = pick_rows(trips, filter, first, size, picked);
            if (matching > 0) take(RowBlock(first, picked, matching, run.store_row + done));
        }
    }
}

/// Local. Hands the matching rows of some tiles (ascending) to `take(block)`, in the order of rows. Small tiles that
/// follow each other share blocks. Returns how many rows were looked at.
template <class Take>
std::uint64_t take_tiles(geo::LoadedTiles const& loaded, Filter const& filter, std::span<std::uint32_t const> tiles,
                         Take&& take) {
    RowRun pending;
    std::uint64_t looked = 0;
    for (std::uint32_t const tile : tiles) {
        RowRun const run = run_of_tile(loaded, filter, tile);
        if (run.size() == 0) continue;
        looked += run.size();
        if (pending.continues_in(run)) {
            pending.last = run.last;
        } else {
            take_run(loaded.trips, filter, pending, take);
            pending = run;
        }
    }
    take_run(loaded.trips, filter, pending, take);
    return looked;
}

}  // namespace tessera::query
