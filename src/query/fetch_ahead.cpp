#include "fetch_ahead.hpp"

#include <algorithm>

namespace tessera::query {

FetchAhead::FetchAhead(geo::LoadedTiles const& loaded, Filter const& filter, core::ColumnSet columns)
    : loaded_(loaded), filter_(filter) {
    if (!filter.from && !filter.to) return;
    columns.add(columns_of(filter));
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        auto const& values = loaded.trips.*place.in_table;
        if (columns.has(place.id) && !values.empty())
            columns_.push_back({reinterpret_cast<char const*>(values.data()), sizeof(T)});
    });
}

void FetchAhead::fetch(std::size_t tile) const {
    constexpr std::size_t line_bytes = 64,
                          most_lines = 6;  // a column; of more, the processor sees by itself what comes
    geo::TileTable const& tiles_table = loaded_.tiles;
    if (columns_.empty() || tiles_table.trips_in(tile) == 0) return;
    std::size_t const first = filter_.from ? guess_row(tiles_table, tile, *filter_.from) : tiles_table.first_trip[tile];
    std::size_t const last = filter_.to ? guess_row(tiles_table, tile, *filter_.to) : tiles_table.first_trip[tile + 1];
    for (Values const& column : columns_) {
        std::size_t const begin = first * column.bytes;
        std::size_t const end = std::min((last + 1) * column.bytes, begin + most_lines * line_bytes);
        for (std::size_t at = begin; at < end; at += line_bytes)
            __builtin_prefetch(column.first + at);
    }
}

}  // namespace tessera::query
