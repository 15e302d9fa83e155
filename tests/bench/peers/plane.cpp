#include "plane.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tessera/geo/great_circle.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::bench {
namespace {

Plane plane_of(geo::Box const& town) {
    constexpr double radians = std::numbers::pi / 180 / core::angle_units_per_degree;
    geo::Point const middle{town.west + (town.east - town.west) / 2, town.south + (town.north - town.south) / 2};
    double const metres = geo::earth_radius_metres * radians;
    return {middle, metres * std::cos(middle.lat * radians), metres};
}

std::vector<std::uint32_t> rows_along_the_curve(geo::LoadedTiles const& loaded, query::End on) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> rows;
    for (std::size_t row = 0; row < loaded.trips.size(); ++row) {
        geo::Point const point = query::end_of(loaded.trips, on, row);
        if (query::is_known(point)) rows.emplace_back(geo::hilbert_key(point), static_cast<std::uint32_t>(row));
    }
    std::ranges::sort(rows);
    std::vector<std::uint32_t> order;
    for (auto const& [key, row] : rows)
        order.push_back(row);
    return order;
}

}  // namespace

PlaneTrips lay_out(geo::LoadedTiles const& loaded, query::End on) {
    geo::Box town;
    for (geo::Box const& box : loaded.tiles.pickup_box)
        town.include(box);
    PlaneTrips trips{on, plane_of(town), 0xffff'ffff, {}, {}, {}, {}};
    for (core::WallTime const time : loaded.tiles.first_time)
        trips.first_second = std::min(trips.first_second, time.count);
    for (std::uint32_t const row : rows_along_the_curve(loaded, on)) {
        geo::Point const point = query::end_of(loaded.trips, on, row);
        trips.x.push_back(trips.plane.x(point.lon));
        trips.y.push_back(trips.plane.y(point.lat));
        trips.seconds.push_back(loaded.trips.pickup_time[row].count - trips.first_second);
        trips.row.push_back(row);
    }
    return trips;
}

}  // namespace tessera::bench
