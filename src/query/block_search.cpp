#include "block_search.hpp"

#include <algorithm>

namespace tessera::query {
namespace {

double gap_to(std::int32_t x, std::int32_t low, std::int32_t high) {
    // as 32-bit numbers these differences may overflow
    double const below = double{1} * low - x, above = double{1} * x - high;
    return std::max({0.0, below, above});
}

double flat_distance(geo::FlatBound const& weights, double dlon, double dlat) {
    return weights.lat_weight * dlat * dlat + weights.lon_weight * dlon * dlon;
}

}  // namespace

BlockSearch::BlockSearch(TripIndex const& index, RowOrder const& order, NearestQuestion const& question)
    : index_(index),
      order_(order),
      question_(question),
      from_(question.at),
      town_weights_(from_.flat_bound(index.town())),
      nearest_(index.loaded().trips, question) {}

/// One joint bound holds for nearly all blocks. Drop-offs far out of town, which would make it useless, have their own.
geo::FlatBound BlockSearch::weights_of(std::size_t block) const {
    geo::Box const& box = order_.box[block];
    return index_.town().contains(box) ? town_weights_ : from_.flat_bound(box);
}

void BlockSearch::look_through(std::size_t block) {
    RowRange const places = order_.places_of(block);
    std::size_t const size = places.last - places.first;
    geo::FlatBound const weights = weights_of(block);
    double const from_lon = question_.at.lon, from_lat = question_.at.lat;
    std::array<double, rows_a_block> bounds;
    core::Angle const* const lon = order_.lon.data() + places.first;
    core::Angle const* const lat = order_.lat.data() + places.first;
    for (std::size_t i = 0; i < size; ++i)
        bounds[i] = flat_distance(weights, lon[i].count - from_lon, lat[i].count - from_lat);
    for (std::size_t i = 0; i < size; ++i)
        if (bounds[i] <= nearest_.limit() && matches(places.first + i)) offer(places.first + i);
    ++looked_.tiles;
    looked_.rows += size;
}

void BlockSearch::look_through_slab(std::size_t slab) {
    std::size_t const first = slab * TimeSlabs::blocks_a_slab;
    std::size_t const last = std::min(first + TimeSlabs::blocks_a_slab, order_.blocks());
    Bounds bounds;
    std::size_t const nearest = bound_blocks(first, last, bounds);
    if (bounds[nearest - first] > nearest_.limit()) return;
    look_through(nearest);
    std::array<std::uint32_t, TimeSlabs::blocks_a_slab> others;
    std::size_t count = 0;
    for (std::size_t block = first; block < last; ++block) {
        others[count] = static_cast<std::uint32_t>(block);
        count += block != nearest && bounds[block - first] <= nearest_.limit() ? 1 : 0;
    }
    if (count > 0) fetch(others[0]);
    for (std::size_t i = 0; i < count; ++i) {
        if (i + 1 < count) fetch(others[i + 1]);
        if (bounds[others[i] - first] <= nearest_.limit()) look_through(others[i]);
    }
}

/// Asks memory for a block before it is looked at.
void BlockSearch::fetch(std::size_t block) const {
    constexpr std::size_t values_a_line = 16;  // of 4 bytes
    RowRange const places = order_.places_of(block);
    for (std::size_t place = places.first; place < places.last; place += values_a_line) {
        __builtin_prefetch(&order_.lon[place]);
        __builtin_prefetch(&order_.lat[place]);
    }
}

/// Bounds of the blocks' distances, and the block that has the least.
std::size_t BlockSearch::bound_blocks(std::size_t first, std::size_t last, Bounds& bounds) const {
    std::size_t nearest = first;
    for (std::size_t block = first; block < last; ++block) {
        geo::Box const& box = order_.box[block];
        bounds[block - first] = flat_distance(weights_of(block), gap_to(question_.at.lon, box.west, box.east),
                                              gap_to(question_.at.lat, box.south, box.north));
        if (bounds[block - first] < bounds[nearest - first]) nearest = block;
    }
    return nearest;
}

bool BlockSearch::matches(std::size_t place) const {
    Filter const& filter = question_.filter;
    if (filter.from && order_.time[place] < *filter.from) return false;
    if (filter.to && order_.time[place] >= *filter.to) return false;
    if (filter.box && !filter.box->contains(geo::Point{order_.lon[place].count, order_.lat[place].count})) return false;
    return filter.sources.has_all() || filter.sources.has(index_.loaded().trips.source[order_.row[place]]);
}

void BlockSearch::offer(std::size_t place) {
    nearest_.offer(from_.haversine({order_.lon[place].count, order_.lat[place].count}), order_.row[place]);
}

std::vector<Neighbour> BlockSearch::take() {
    return nearest_.take([this](std::size_t row) { return index_.first_store_row() + row; });
}

}  // namespace tessera::query
