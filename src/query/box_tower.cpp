#include "tessera/query/box_tower.hpp"

#include <algorithm>
#include <utility>

namespace tessera::query {
namespace {

std::vector<geo::Box> boxes_above(std::vector<geo::Box> const& below) {
    std::vector<geo::Box> above((below.size() + BoxTower::boxes_a_box - 1) / BoxTower::boxes_a_box);
    for (std::size_t i = 0; i < below.size(); ++i)
        above[i / BoxTower::boxes_a_box].include(below[i]);
    return above;
}

double gap_to(std::int32_t x, std::int32_t low, std::int32_t high) {
    return static_cast<double>(std::max({std::int64_t{0}, std::int64_t{low} - x, std::int64_t{x} - high}));
}

/// The bound that holds for every point of a box at the box's nearest latitude and longitude.
double flat_bound_of(geo::FlatBound const& weights, geo::Point from, geo::Box const& box) {
    double const dlat = gap_to(from.lat, box.south, box.north);
    double const dlon = gap_to(from.lon, box.west, box.east);
    return weights.lat_weight * dlat * dlat + weights.lon_weight * dlon * dlon;
}

}  // namespace

BoxTower::BoxTower(std::vector<geo::Box> tile_boxes) {
    floors_.push_back(std::move(tile_boxes));
    while (floors_.back().size() > 1)
        floors_.push_back(boxes_above(floors_.back()));
}

TileWalk::TileWalk(BoxTower const& tower, geo::DistanceFrom const& from, std::optional<geo::Box> const& inside)
    : tower_(tower), from_(from), inside_(inside) {
    auto const top = static_cast<std::uint32_t>(tower.floors().size() - 1);
    std::vector<geo::Box> const& boxes = tower.floors()[top];
    if (!boxes.empty() && may_hold(boxes.front())) push({0, top, 0});
}

std::optional<TileBound> TileWalk::next(double most_haversine) {
    while (!heap_.empty() && heap_.front().haversine <= most_haversine) {
        Node const nearest = pop();
        if (nearest.floor == 0) return TileBound{nearest.haversine, nearest.box};
        enter(nearest, most_haversine);
    }
    return std::nullopt;
}

/// One joint flat bound serves all tiles under a box. Higher up, where boxes are wide, it would be too loose.
void TileWalk::enter(Node const& node, double most_haversine) {
    std::uint32_t const below = node.floor - 1;
    geo::FlatBound const weights = from_.flat_bound(tower_.floors()[node.floor][node.box]);
    std::vector<geo::Box> const& boxes = tower_.floors()[below];
    std::size_t const first = node.box * BoxTower::boxes_a_box;
    std::size_t const last = std::min(boxes.size(), first + BoxTower::boxes_a_box);
    for (std::size_t i = first; i < last; ++i) {
        if (!may_hold(boxes[i])) continue;
        double const bound =
            below == 0 ? flat_bound_of(weights, from_.origin(), boxes[i]) : from_.lower_bound(boxes[i]);
        if (bound <= most_haversine) push({std::max(bound, node.haversine), below, i});
    }
}

bool TileWalk::may_hold(geo::Box const& box) const {
    return !box.empty() && (!inside_ || inside_->intersects(box));
}

void TileWalk::push(Node const& node) {
    heap_.push_back(node);
    std::push_heap(heap_.begin(), heap_.end());
}

TileWalk::Node TileWalk::pop() {
    std::pop_heap(heap_.begin(), heap_.end());
    Node const node = heap_.back();
    heap_.pop_back();
    return node;
}

}  // namespace tessera::query
