#include "tessera/query/trip_index.hpp"

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

}  // namespace

TripIndex::TripIndex(geo::LoadedTiles const& loaded)
    : loaded_(require_run(loaded)),
      slabs_(cut_time_slabs(loaded)),
      dropoffs_(order_by_dropoff(loaded)),
      pickup_tower_(loaded.tiles.pickup_box),
      dropoff_tower_(dropoffs_.box),
      nearest_pickup_(loaded, End::pickup) {}

std::uint64_t estimate_rows(TripIndex const& index, Filter const& filter) {
    return plan_access(index, filter).rows;
}

}  // namespace tessera::query
