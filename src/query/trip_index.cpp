#include "tessera/query/trip_index.hpp"

#include <algorithm>
#include <stdexcept>

#include "access.hpp"

namespace tessera::query {
namespace {

geo::LoadedTiles const& require_run(geo::LoadedTiles const& loaded) {
    for (std::size_t tile = 1; tile < loaded.store_row.size(); ++tile)
        if (loaded.store_row[tile - 1] + loaded.tiles.trips_in(tile - 1) != loaded.store_row[tile])
            throw std::invalid_argument("TripIndex: the tiles do not lie side by side in the store");
    if (loaded.trips.size() != geo::trip_count(loaded.tiles))
        throw std::invalid_argument("TripIndex: not all columns are loaded");
    return loaded;
}

/// Local. The top of a tower, half a degree wider on each side but not beyond the world; the empty box as it is.
geo::Box widen(std::vector<geo::Box> const& top) {
    constexpr std::int32_t more = core::angle_units_per_degree / 2;
    if (top.empty() || top.front().empty()) return {};
    geo::Box const box = top.front(), world = geo::Box::world();
    return {std::max(world.west + more, box.west) - more, std::max(world.south + more, box.south) - more,
            std::min(world.east - more, box.east) + more, std::min(world.north - more, box.north) + more};
}

std::vector<geo::Box> boxes_of_blocks(RowOrder const& order) {
    std::vector<geo::Box> boxes(order.blocks());
    for (std::size_t block = 0; block < boxes.size(); ++block)
        boxes[block] = order.box.box(block);
    return boxes;
}

}  // namespace

TripIndex::TripIndex(geo::LoadedTiles const& loaded)
    : loaded_(require_run(loaded)),
      pickups_(order_by_pickup(loaded)),
      pickup_slabs_(cut_time_slabs(loaded, pickups_)),
      pickup_tower_(loaded.tiles.pickup_box),
      nearest_pickup_(loaded, End::pickup),
      town_(widen(pickup_tower_.floors().back())) {}

RowOrder const& TripIndex::dropoffs() const {
    return dropoffs_.get([this] { return order_by_dropoff(loaded_); });
}

TimeSlabs const& TripIndex::dropoff_slabs() const {
    return dropoff_slabs_.get([this] { return cut_time_slabs(loaded_, dropoffs()); });
}

BoxTower const& TripIndex::dropoff_tower() const {
    return dropoff_tower_.get([this] { return BoxTower(boxes_of_blocks(dropoffs())); });
}

void TripIndex::prepare_for(Filter const& filter) const {
    if (filter.on != End::dropoff) return;
    dropoffs();
    if (filter.from || filter.to) dropoff_slabs();
}

std::uint64_t estimate_rows(TripIndex const& index, Filter const& filter) {
    return plan_access(index, filter, {}).rows;
}

}  // namespace tessera::query
