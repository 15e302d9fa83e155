#include <algorithm>
#include <array>

#include "tessera/tiling/tile_trips.hpp"

namespace tessera::tiling {
namespace {

/// Rows that become columns together: they stay in the nearest cache meanwhile, and columns are written one at a time.
/// Written all at once, eighteen columns would fight for the same few places of that cache.
constexpr std::size_t block = 64;

/// Calls for the rows of a block, which lie anywhere in memory.
void prefetch(core::TripRows const& trips, TimedRow const* rows, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        __builtin_prefetch(&trips.but_for_line(rows[i].row));
}

/// Turns at most `block` rows into columns, from place `at` on.
void fill_block(core::TripRows const& trips, TimedRow const* rows, std::size_t count, core::TripTable& columns,
                std::size_t at) {
    std::array<core::Trip const*, block> found{};
    for (std::size_t i = 0; i < count; ++i)
        found[i] = &trips.but_for_line(rows[i].row);
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        T* const column = (columns.*place.in_table).data() + at;
        for (std::size_t i = 0; i < count; ++i)
            column[i] = found[i]->*place.in_trip;
    });
    for (std::size_t i = 0; i < count; ++i)
        columns.line[at + i] = trips.line(rows[i].row);
}

}  // namespace

void fill_columns(TiledTrips const& tiled, std::uint64_t begin, std::uint64_t end, core::TripTable& columns) {
    std::size_t const rows = end - begin;
    core::for_each_column([&](auto const& place) { (columns.*place.in_table).resize(rows); });
    TimedRow const* const from = tiled.rows.data() + begin;
    prefetch(tiled.trips, from, std::min(block, rows));
    for (std::size_t at = 0; at < rows; at += block) {
        std::size_t const count = std::min(block, rows - at), next = at + count;
        prefetch(tiled.trips, from + next, std::min(block, rows - next));
        fill_block(tiled.trips, from + at, count, columns, at);
    }
}

}  // namespace tessera::tiling
