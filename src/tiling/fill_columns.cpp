#include <tuple>

#include "tessera/tiling/tile_trips.hpp"

namespace tessera::tiling {
namespace {

/// How far ahead rows are called for: they lie anywhere in memory.
constexpr std::size_t ahead = 24;

}  // namespace

void fill_columns(TiledTrips const& tiled, std::uint64_t begin, std::uint64_t end, core::TripTable& columns) {
    std::size_t const rows = end - begin;
    core::for_each_column([&](auto const& place) { (columns.*place.in_table).resize(rows); });
    KeyedRow const* const from = tiled.rows.data() + begin;
    auto const fill = [&](auto const&... place) {
        auto const ends = std::make_tuple((columns.*place.in_table).data()...);
        for (std::size_t i = 0; i < rows; ++i) {
            if (i + ahead < rows) __builtin_prefetch(&tiled.trips.but_for_line(from[i + ahead].row));
            core::Trip const& trip = tiled.trips.but_for_line(from[i].row);
            std::apply([&](auto*... column) { ((column[i] = trip.*place.in_trip), ...); }, ends);
            columns.line[i] = tiled.trips.line(from[i].row);
        }
    };
    std::apply(fill, core::column_places);
}

}  // namespace tessera::tiling
