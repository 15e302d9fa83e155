#include "tessera/query/map_tile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <type_traits>

#include "tessera/core/error.hpp"

namespace tessera::query {

static_assert(std::is_trivially_copyable_v<MapQuestion>);

void require_in_pyramid(MapTile const& tile) {
    if (tile.zoom > most_zoom)
        throw core::UsageError(fmt::format("zoom must be from 0 to {}, not {}", most_zoom, tile.zoom));
    std::uint32_t const last = (1U << tile.zoom) - 1;
    if (tile.x > last || tile.y > last)
        throw core::UsageError(
            fmt::format("x and y must be from 0 to {} at zoom {}, not {} and {}", last, tile.zoom, tile.x, tile.y));
    if (std::find(std::begin(map_tile_sizes), std::end(map_tile_sizes), tile.size) == std::end(map_tile_sizes))
        throw core::UsageError(fmt::format("size must be 256 or 512, not {}", tile.size));
}

geo::MapGrid grid_of(MapTile const& tile) {
    return geo::MapGrid(tile.zoom + static_cast<unsigned>(std::countr_zero(tile.size)));
}

geo::Box box_of(MapTile const& tile) {
    geo::MapGrid const grid = grid_of(tile);
    return {grid.west_of(tile.x * tile.size), grid.north_of((tile.y + 1) * tile.size) + 1,
            grid.west_of((tile.x + 1) * tile.size) - 1, grid.north_of(tile.y * tile.size)};
}

std::optional<std::uint32_t> pixel_of(MapTile const& tile, geo::Point point) {
    if (!box_of(tile).contains(point)) return std::nullopt;
    geo::MapGrid const grid = grid_of(tile);
    std::uint32_t const column = grid.column_of(point.lon) % tile.size, row = grid.row_of(point.lat) % tile.size;
    return row * tile.size + column;
}

Measure parse_map_measure(std::string_view text) {
    auto const measures = parse_measures(text);
    bool const fits = measures.size() == 1 && measures[0].statistic <= Statistic::mean;
    if (!fits)
        throw core::UsageError(
            fmt::format("measure '{}': a map shows one of trips, mean:FIELD and sum:FIELD, as in mean:fare", text));
    return measures[0];
}

core::ColumnSet columns_of(MapQuestion const& question) {
    core::ColumnSet columns = columns_of(AggregateQuestion{{}, {question.measure}, question.filter});
    columns.add(coordinates_of(question.filter.on));
    return columns;
}

Filter inside(Filter filter, geo::Box const& box) {
    geo::Box both = box;
    if (filter.box) {
        both.west = std::max(both.west, filter.box->west);
        both.south = std::max(both.south, filter.box->south);
        both.east = std::min(both.east, filter.box->east);
        both.north = std::min(both.north, filter.box->north);
    }
    filter.box = both;
    return filter;
}

}  // namespace tessera::query
