#include "block_search.hpp"

#include <algorithm>
#include <limits>

#include "time_window.hpp"

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
      in_town_{from_.flat_bound(index.town()), from_.flat_ceiling(index.town())},
      limit_(std::min(ceiling_of(question), std::numeric_limits<double>::max())) {
    most_.reserve(std::min<std::size_t>(question.k, 1024));
}

/// Joint bounds hold for nearly all blocks. Drop-offs far out of town, which would make them useless, have their own.
BlockSearch::Weights BlockSearch::weights_of(std::size_t block) const {
    geo::Box const& box = order_.box[block];
    return index_.town().contains(box) ? in_town_ : Weights{from_.flat_bound(box), from_.flat_ceiling(box)};
}

void BlockSearch::look_through(std::size_t block) {
    RowRange const places = order_.places_of(block);
    Weights const weights = weights_of(block);
    RowBounds bounds;
    bound_rows(places, weights.lower, bounds);
    for (std::size_t i = 0; i < places.last - places.first; ++i)
        if (bounds[i] <= limit_ && matches_place_and_source(places.first + i))
            note(places.first + i, bounds[i], weights.upper);
    ++looked_.tiles;
    looked_.rows += places.last - places.first;
}

/// Nothing but arithmetic, for the compiler to vectorise. Trips outside the window are infinitely far, beyond any
/// limit.
void BlockSearch::bound_rows(RowRange places, geo::FlatBound const& weights, RowBounds& bounds) const {
    constexpr double never = std::numeric_limits<double>::infinity();
    core::Angle const* const lon = order_.lon.data() + places.first;
    core::Angle const* const lat = order_.lat.data() + places.first;
    core::WallTime const* const time = order_.time.data() + places.first;
    double const from_lon = question_.at.lon, from_lat = question_.at.lat;
    TimeWindow const window(question_.filter);
    std::size_t const size = places.last - places.first;
    for (std::size_t i = 0; i < size; ++i) {
        double const bound = flat_distance(weights, lon[i].count - from_lon, lat[i].count - from_lat);
        bounds[i] = window.has(time[i]) ? bound : never;
    }
}

bool BlockSearch::matches_place_and_source(std::size_t place) const {
    Filter const& filter = question_.filter;
    if (filter.box && !filter.box->contains(geo::Point{order_.lon[place].count, order_.lat[place].count})) return false;
    return filter.sources.has_all() || filter.sources.has(index_.loaded().trips.source[order_.row[place]]);
}

void BlockSearch::note(std::size_t place, double least, geo::FlatBound const& upper) {
    candidates_.push_back({least, static_cast<std::uint32_t>(place)});
    double const most = flat_distance(upper, double{1} * order_.lon[place].count - question_.at.lon,
                                      double{1} * order_.lat[place].count - question_.at.lat);
    if (most_.size() == question_.k) {
        if (most >= most_.front()) return;
        std::pop_heap(most_.begin(), most_.end());
        most_.pop_back();
    }
    most_.push_back(most);
    std::push_heap(most_.begin(), most_.end());
    if (most_.size() == question_.k) limit_ = std::min(limit_, most_.front());
}

/// Memory is slow: the nearest block of each slab is asked for before the first is looked at, and the others one ahead.
void BlockSearch::look_through_slabs(RowRange slabs) {
    RowRange const blocks{slabs.first * TimeSlabs::blocks_a_slab,
                          std::min(slabs.last * TimeSlabs::blocks_a_slab, order_.blocks())};
    std::vector<double> bounds;
    bound_blocks(blocks, bounds);
    std::vector<std::size_t> nearest;
    for (std::size_t first = 0; first < bounds.size(); first += TimeSlabs::blocks_a_slab) {
        std::size_t const last = std::min(first + TimeSlabs::blocks_a_slab, bounds.size());
        auto const least = std::min_element(bounds.begin() + static_cast<std::ptrdiff_t>(first),
                                            bounds.begin() + static_cast<std::ptrdiff_t>(last));
        nearest.push_back(static_cast<std::size_t>(least - bounds.begin()));
        fetch(blocks.first + nearest.back());
    }
    for (std::size_t const one : nearest) {
        if (bounds[one] <= limit_) look_through(blocks.first + one);
        bounds[one] = std::numeric_limits<double>::infinity();  // done with
    }
    auto const others = blocks_within_limit(blocks, bounds);
    for (std::size_t i = 0; i < others.size(); ++i) {
        if (i + 1 < others.size()) fetch(others[i + 1]);
        if (bounds[others[i] - blocks.first] <= limit_) look_through(others[i]);
    }
}

std::vector<std::uint32_t> BlockSearch::blocks_within_limit(RowRange blocks, std::vector<double> const& bounds) const {
    std::vector<std::uint32_t> within;
    for (std::size_t i = 0; i < bounds.size(); ++i)
        if (bounds[i] <= limit_) within.push_back(static_cast<std::uint32_t>(blocks.first + i));
    return within;
}

/// Asks memory for a block before it is looked at.
void BlockSearch::fetch(std::size_t block) const {
    constexpr std::size_t values_a_line = 16;  // of 4 bytes
    RowRange const places = order_.places_of(block);
    for (std::size_t place = places.first; place < places.last; place += values_a_line) {
        __builtin_prefetch(&order_.lon[place]);
        __builtin_prefetch(&order_.lat[place]);
        __builtin_prefetch(&order_.time[place]);
    }
}

/// Lower bounds of the blocks' distances. Shape: one a block.
void BlockSearch::bound_blocks(RowRange blocks, std::vector<double>& bounds) const {
    bounds.resize(blocks.last - blocks.first);
    for (std::size_t block = blocks.first; block < blocks.last; ++block) {
        geo::Box const& box = order_.box[block];
        bounds[block - blocks.first] =
            flat_distance(weights_of(block).lower, gap_to(question_.at.lon, box.west, box.east),
                          gap_to(question_.at.lat, box.south, box.north));
    }
}

std::vector<Neighbour> BlockSearch::take() {
    KNearest nearest(index_.loaded().trips, question_);
    for (Candidate const& one : candidates_)
        if (one.least <= limit_)
            nearest.offer(from_.haversine({order_.lon[one.place].count, order_.lat[one.place].count}),
                          order_.row[one.place]);
    return nearest.take([this](std::size_t row) { return index_.first_store_row() + row; });
}

}  // namespace tessera::query
