#include "tessera/geo/tile.hpp"

namespace tessera::geo {

std::uint64_t trip_count(TileTable const& tiles) {
    return tiles.first_trip.empty() ? 0 : tiles.first_trip.back();
}

void append_tile(TileTable& to, TileTable const& from, std::size_t tile) {
    if (to.first_trip.empty()) to.first_trip.push_back(0);
    to.key.push_back(from.key[tile]);
    to.level.push_back(from.level[tile]);
    to.first_trip.push_back(to.first_trip.back() + from.trips_in(tile));
    to.pickup_box.push_back(from.pickup_box[tile]);
    to.dropoff_box.push_back(from.dropoff_box[tile]);
    to.first_time.push_back(from.first_time[tile]);
    to.last_time.push_back(from.last_time[tile]);
}

}  // namespace tessera::geo
