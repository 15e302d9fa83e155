#include "block_search.hpp"

#include <algorithm>
#include <bit>
#include <limits>

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

BlockSearch::BlockSearch(TripIndex const& index, BlockRows const& rows, NearestQuestion const& question)
    : index_(index),
      rows_(rows),
      question_(question),
      from_(question.at),
      in_town_{from_.flat_bound(index.town()), from_.flat_ceiling(index.town())},
      limit_(std::min(ceiling_of(question), std::numeric_limits<double>::max())) {
    most_.reserve(std::min<std::size_t>(question.k, 1024));
}

/// Joint bounds hold for nearly all blocks. Drop-offs far out of town, which would make them useless, have their own.
BlockSearch::Weights BlockSearch::weights_of(geo::Box const& box) const {
    return index_.town().contains(box) ? in_town_ : Weights{from_.flat_bound(box), from_.flat_ceiling(box)};
}

/// A haversine that no row of the block is below.
double BlockSearch::bound(std::size_t block) const {
    geo::Box const box = rows_.order().box.box(block);
    return flat_distance(weights_of(box).lower, gap_to(question_.at.lon, box.west, box.east),
                         gap_to(question_.at.lat, box.south, box.north));
}

void BlockSearch::look_through(RowRange blocks) {
    struct BoundedBlock {
        double bound;
        std::size_t block;
    };
    std::vector<BoundedBlock> by_bound;
    for (std::size_t block = blocks.first; block < blocks.last; ++block)
        by_bound.push_back({bound(block), block});
    std::sort(by_bound.begin(), by_bound.end(), [](auto const& a, auto const& b) { return a.bound < b.bound; });
    for (BoundedBlock const& next : by_bound) {
        if (next.bound > limit_) break;
        look_through_block(next.block);
    }
}

void BlockSearch::look_through_all(BoxTower const& tower) {
    TileWalk walk(tower, from_, question_.filter.box);
    while (auto const next = walk.next(limit_))
        look_through_block(next->tile);
}

void BlockSearch::look_through_block(std::size_t block) {
    RowOrder const& order = rows_.order();
    core::TripTable const& trips = index_.loaded().trips;
    Frame const frame = order.frame(block);
    Weights const weights = weights_of(order.box.box(block));
    ++looked_.tiles;
    looked_.rows += order.size[block];
    for (std::uint32_t left = rows_.matching(trips, question_.filter, block); left != 0; left &= left - 1) {
        std::size_t const place = block * rows_a_block + static_cast<std::size_t>(std::countr_zero(left));
        geo::Point const point = order.point(trips, frame, place);
        double const dlon = double{1} * point.lon - question_.at.lon, dlat = double{1} * point.lat - question_.at.lat;
        double const least = flat_distance(weights.lower, dlon, dlat);
        if (least <= limit_) note({least, order.row[place], point}, flat_distance(weights.upper, dlon, dlat));
    }
}

void BlockSearch::note(Candidate const& candidate, double most) {
    candidates_.push_back(candidate);
    if (most_.size() == question_.k) {
        if (most >= most_.front()) return;
        std::pop_heap(most_.begin(), most_.end());
        most_.pop_back();
    }
    most_.push_back(most);
    std::push_heap(most_.begin(), most_.end());
    if (most_.size() == question_.k) limit_ = std::min(limit_, most_.front());
}

std::vector<Neighbour> BlockSearch::take() {
    KNearest nearest(index_.loaded().trips, question_);
    for (Candidate const& one : candidates_)
        if (one.least <= limit_) nearest.offer(from_.haversine(one.point), one.row);
    return nearest.take([this](std::size_t row) { return index_.first_store_row() + row; });
}

}  // namespace tessera::query
