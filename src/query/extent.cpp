#include "extent.hpp"

#include <algorithm>

#include "tessera/core/civil_time.hpp"

namespace tessera::query {

DayRange days_around(geo::TileTable const& tiles, Filter const& filter) {
    if (tiles.size() == 0) return {};
    core::WallTime first = *std::min_element(tiles.first_time.begin(), tiles.first_time.end());
    core::WallTime last = *std::max_element(tiles.last_time.begin(), tiles.last_time.end());
    if (filter.from) first = std::max(first, *filter.from);
    if (filter.to) last = std::min(last, *filter.to);
    if (last < first) return {};
    return {first.count / core::seconds_per_day, last.count / core::seconds_per_day};
}

geo::Box box_around(geo::TileTable const& tiles, Filter const& filter, End on) {
    geo::Box around;
    for (geo::Box const& box : boxes_of(tiles, on))
        around.include(box);
    if (!filter.box || filter.on != on) return around;
    return {std::max(around.west, filter.box->west), std::max(around.south, filter.box->south),
            std::min(around.east, filter.box->east), std::min(around.north, filter.box->north)};
}

}  // namespace tessera::query
