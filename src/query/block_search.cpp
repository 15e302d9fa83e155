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

BlockSearch::BlockSearch(TripIndex const& index, RowOrder const& order, NearestQuestion const& question, double ceiling)
    : index_(index),
      order_(order),
      question_(question),
      from_(question.at),
      nearest_(question.k, ceiling, question.within_metres) {}

void BlockSearch::look_through(std::size_t block, geo::FlatBound const& weights) {
    RowRange const places = order_.places_of(block);
    std::size_t const size = places.last - places.first;
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

void BlockSearch::look_through_slab(std::size_t slab, geo::FlatBound const& weights) {
    std::size_t const first = slab * TimeSlabs::blocks_a_slab;
    std::size_t const last = std::min(first + TimeSlabs::blocks_a_slab, order_.blocks());
    Bounds bounds;
    std::size_t const nearest = bound_blocks(first, last, weights, bounds);
    if (bounds[nearest - first] <= nearest_.limit()) look_through(nearest, weights);
    for (std::size_t block = first; block < last; ++block)
        if (block != nearest && bounds[block - first] <= nearest_.limit()) look_through(block, weights);
}

/// Bounds of the blocks' distances, and the block that has the least.
std::size_t BlockSearch::bound_blocks(std::size_t first, std::size_t last, geo::FlatBound const& weights,
                                      Bounds& bounds) const {
    std::size_t nearest = first;
    for (std::size_t block = first; block < last; ++block) {
        geo::Box const& box = order_.box[block];
        bounds[block - first] = flat_distance(weights, gap_to(question_.at.lon, box.west, box.east),
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
    nearest_.offer(from_.haversine({order_.lon[place].count, order_.lat[place].count}), [&](double metres) {
        std::size_t const row = order_.row[place];
        core::TripTable const& trips = index_.loaded().trips;
        return Neighbour{metres, trips.line[row], trips.file[row], index_.first_store_row() + row};
    });
}

}  // namespace tessera::query
