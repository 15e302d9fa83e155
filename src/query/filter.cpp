#include "tessera/query/filter.hpp"

#include <algorithm>

#include "find_time.hpp"

namespace tessera::query {

using core::Column;

core::ColumnSet columns_of(Filter const& filter) {
    core::ColumnSet columns;
    if (filter.from || filter.to) columns.add(Column::pickup_time);
    if (filter.box) columns.add(coordinates_of(filter.on));
    if (!filter.sources.has_all()) columns.add(Column::source);
    return columns;
}

core::ColumnSet coordinates_of(End on) {
    return on == End::pickup ? core::ColumnSet{Column::pickup_lon, Column::pickup_lat}
                             : core::ColumnSet{Column::dropoff_lon, Column::dropoff_lat};
}

std::vector<geo::Box> const& boxes_of(geo::TileTable const& tiles, End on) {
    return on == End::pickup ? tiles.pickup_box : tiles.dropoff_box;
}

bool may_match(Filter const& filter, geo::TileTable const& tiles, std::size_t tile) {
    if (tiles.trips_in(tile) == 0) return false;
    if (filter.from && tiles.last_time[tile] < *filter.from) return false;
    if (filter.to && tiles.first_time[tile] >= *filter.to) return false;
    if (!filter.box) return true;
    geo::Box const& box = boxes_of(tiles, filter.on)[tile];
    return !box.empty() && filter.box->intersects(box);
}

std::size_t guess_row(geo::TileTable const& tiles, std::size_t tile, core::WallTime time) {
    double const first = tiles.first_time[tile].count, last = tiles.last_time[tile].count;
    double const share = std::clamp((time.count - first) / (last - first + 1), 0.0, 1.0);
    return tiles.first_trip[tile] + static_cast<std::size_t>(share * static_cast<double>(tiles.trips_in(tile) - 1));
}

RowRange rows_in_window(Filter const& filter, geo::LoadedTiles const& loaded, std::size_t tile) {
    geo::TileTable const& tiles = loaded.tiles;
    RowRange rows{tiles.first_trip[tile], tiles.first_trip[tile + 1]};
    auto const first_not_before = [&](core::WallTime time) {
        return find_time(loaded.trips.pickup_time, tiles.first_trip[tile], tiles.first_trip[tile + 1],
                         guess_row(tiles, tile, time), time);
    };
    if (rows.first == rows.last) return rows;
    // The tile's time span often answers without a look at the rows.
    if (filter.from && tiles.first_time[tile] < *filter.from) rows.first = first_not_before(*filter.from);
    if (filter.to && tiles.last_time[tile] >= *filter.to) rows.last = first_not_before(*filter.to);
    if (rows.first > rows.last) rows.first = rows.last;  // an empty window
    return rows;
}

bool matches_place_and_source(Filter const& filter, core::TripTable const& trips, std::size_t row) {
    if (!filter.sources.has_all() && !filter.sources.has(trips.source[row])) return false;
    if (!filter.box) return true;
    geo::Point const point = end_of(trips, filter.on, row);
    return is_known(point) && filter.box->contains(point);
}

}  // namespace tessera::query
