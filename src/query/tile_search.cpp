#include "tile_search.hpp"

#include <algorithm>

namespace tessera::query {

TileSearch::TileSearch(geo::LoadedTiles const& loaded, NearestQuestion const& question)
    : loaded_(loaded),
      question_(question),
      lon_(question.filter.on == End::pickup ? loaded.trips.pickup_lon : loaded.trips.dropoff_lon),
      lat_(question.filter.on == End::pickup ? loaded.trips.pickup_lat : loaded.trips.dropoff_lat),
      from_(question.at),
      nearest_(loaded.trips, question) {}

void TileSearch::look_through(std::size_t tile) {
    if (!may_match(question_.filter, loaded_.tiles, tile)) return;
    RowRange const rows = rows_in_window(question_.filter, loaded_, tile);
    if (rows.first == rows.last) return;
    geo::FlatBound const weights = from_.flat_bound(boxes_of(loaded_.tiles, question_.filter.on)[tile]);
    ++looked_.tiles;
    looked_.rows += rows.last - rows.first;
    PerRow<double> bounds;
    for (std::size_t first = rows.first; first < rows.last; first += block_rows) {
        std::size_t const size = std::min(block_rows, rows.last - first);
        bound_rows(weights, first, size, bounds);
        for (std::size_t i = 0; i < size; ++i)
            if (bounds[i] <= nearest_.limit()) offer(first + i);
    }
}

/// Nothing but arithmetic on columns, for the compiler to vectorise. An unknown drop-off gets a number, too; `offer`
/// refuses it.
void TileSearch::bound_rows(geo::FlatBound const& weights, std::size_t first, std::size_t size,
                            PerRow<double>& bounds) const {
    core::Angle const* const lon = lon_.data() + first;
    core::Angle const* const lat = lat_.data() + first;
    double const from_lon = from_.origin().lon, from_lat = from_.origin().lat;
    double const lon_weight = weights.lon_weight, lat_weight = weights.lat_weight;
    for (std::size_t i = 0; i < size; ++i) {
        double const dlon = lon[i].count - from_lon, dlat = lat[i].count - from_lat;
        bounds[i] = lat_weight * dlat * dlat + lon_weight * dlon * dlon;
    }
}

void TileSearch::offer(std::size_t row) {
    geo::Point const point{lon_[row].count, lat_[row].count};
    if (!is_known(point) || !matches_place_and_source(question_.filter, loaded_.trips, row)) return;
    nearest_.offer(from_.haversine(point), row);
}

std::uint64_t TileSearch::store_row_of(std::size_t row) const {
    auto const& first = loaded_.tiles.first_trip;
    auto const tile = static_cast<std::size_t>(std::upper_bound(first.begin(), first.end(), row) - first.begin()) - 1;
    return loaded_.store_row[tile] + (row - first[tile]);
}

std::vector<Neighbour> TileSearch::take() {
    return nearest_.take([this](std::size_t row) { return store_row_of(row); });
}

}  // namespace tessera::query
