#include "tessera/tiling/fixed_grid.hpp"

#include <algorithm>
#include <vector>

namespace tessera::tiling {
namespace {

/// Which of `parts` equal parts of [least, most] holds a value; what is outside goes to the nearest.
std::size_t part_of(std::int32_t value, std::int32_t least, std::int32_t most, int parts) {
    std::int64_t const width = std::int64_t{most} - least + 1;
    return static_cast<std::size_t>((std::int64_t{std::clamp(value, least, most)} - least) * parts / width);
}

std::uint64_t fullest_cell(geo::Box const& region, std::span<core::Angle const> lon, std::span<core::Angle const> lat,
                           int columns, int rows) {
    std::vector<std::uint64_t> trips(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    for (std::size_t i = 0; i < lon.size(); ++i)
        ++trips[part_of(lat[i].count, region.south, region.north, rows) * static_cast<std::size_t>(columns) +
                part_of(lon[i].count, region.west, region.east, columns)];
    return *std::max_element(trips.begin(), trips.end());
}

}  // namespace

FixedGrid best_fixed_grid(geo::Box const& region, std::span<core::Angle const> lon, std::span<core::Angle const> lat,
                          int cells) {
    std::vector<FixedGrid> grids;
    for (int columns = 1; columns <= cells; ++columns)
        if (cells % columns == 0) grids.push_back({columns, cells / columns, 0});
#pragma omp parallel for schedule(dynamic)
    for (FixedGrid& grid : grids)
        grid.most_trips = fullest_cell(region, lon, lat, grid.columns, grid.rows);
    return *std::min_element(grids.begin(), grids.end(),
                             [](FixedGrid const& a, FixedGrid const& b) { return a.most_trips < b.most_trips; });
}

}  // namespace tessera::tiling
