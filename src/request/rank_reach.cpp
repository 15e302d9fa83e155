#include "tessera/request/rank_reach.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tessera/geo/great_circle.hpp"

namespace tessera::request {
namespace {

template <class T>
std::vector<T> part_of(std::vector<T> const& all, std::size_t first, std::size_t last) {
    return {all.begin() + static_cast<std::ptrdiff_t>(first), all.begin() + static_cast<std::ptrdiff_t>(last)};
}

core::WallTime least(std::vector<core::WallTime> const& times) {
    return times.empty() ? core::WallTime{std::numeric_limits<std::uint32_t>::max()}
                         : *std::min_element(times.begin(), times.end());
}
core::WallTime largest(std::vector<core::WallTime> const& times) {
    return times.empty() ? core::WallTime{} : *std::max_element(times.begin(), times.end());
}

bool meets(query::Filter const& filter, core::WallTime first, core::WallTime last) {
    return (!filter.from || *filter.from <= last) && (!filter.to || first < *filter.to);
}

}  // namespace

RankReach::RankReach(geo::TileTable const& tiles, std::vector<std::size_t> const& cuts)
    : tiles_(tiles),
      pickups_(tiles.pickup_box),
      first_time_(least(tiles.first_time)),
      last_time_(largest(tiles.last_time)) {
    for (std::size_t rank = 0; rank + 1 < cuts.size(); ++rank) {
        std::size_t const first = cuts[rank], last = cuts[rank + 1];
        runs_.push_back({first, last, query::BoxTower(part_of(tiles.pickup_box, first, last)),
                         query::BoxTower(part_of(tiles.dropoff_box, first, last)),
                         least(part_of(tiles.first_time, first, last)),
                         largest(part_of(tiles.last_time, first, last))});
    }
}

std::vector<std::uint8_t> RankReach::of(Question const& question) const {
    if (runs_.size() == 1) return {1};
    auto const* const nearest = std::get_if<query::NearestQuestion>(&question);
    double const ceiling = nearest != nullptr ? ceiling_of(*nearest) : 0;
    std::vector<std::uint8_t> touched;
    touched.reserve(runs_.size());
    for (Run const& run : runs_)
        touched.push_back(nearest != nullptr ? may_hold_neighbour(run, *nearest, ceiling)
                                             : may_match(run, filter_of(question)));
    return touched;
}

query::BoxTower const& RankReach::tower_of(Run const& run, query::End on) const {
    return on == query::End::pickup ? run.pickups : run.dropoffs;
}

bool RankReach::may_match(Run const& run, query::Filter const& filter) const {
    if (run.first == run.last || !meets(filter, run.first_time, run.last_time)) return false;
    if (filter.box)
        return tower_of(run, filter.on).any_meeting(*filter.box, [&](std::size_t tile) {
            return query::may_match(filter, tiles_, run.first + tile);
        });
    for (std::size_t tile = run.first; tile < run.last; ++tile)
        if (query::may_match(filter, tiles_, tile)) return true;
    return false;
}

/// The same of trips whose end is known. Where nothing tells how far to look, that is all there is to ask: any distance
/// will do, and none need be known.
bool RankReach::may_have_end(Run const& run, query::Filter const& filter) const {
    if (filter.box) return may_match(run, filter);
    std::vector<geo::Box> const& ends = query::boxes_of(tiles_, filter.on);
    for (std::size_t tile = run.first; tile < run.last; ++tile)
        if (!ends[tile].empty() && query::may_match(filter, tiles_, tile)) return true;
    return false;
}

bool RankReach::may_hold_neighbour(Run const& run, query::NearestQuestion const& question, double ceiling) const {
    if (run.first == run.last || !meets(question.filter, run.first_time, run.last_time)) return false;
    if (std::isinf(ceiling)) return may_have_end(run, question.filter);
    query::TileWalk walk(tower_of(run, question.filter.on), geo::DistanceFrom(question.at), question.filter.box);
    while (auto const tile = walk.next(ceiling))
        if (query::may_match(question.filter, tiles_, run.first + tile->tile)) return true;
    return false;
}

/// Whether every trip of a tile is sure to be among those asked about: then the nearest tiles' counts tell how far one
/// has to look. (Drop-offs may be unknown, and a tile does not tell how many of its trips are in a window.)
bool RankReach::counts_all(query::NearestQuestion const& question) const {
    query::Filter const& filter = question.filter;
    bool const all_times = (!filter.from || *filter.from <= first_time_) && (!filter.to || last_time_ < *filter.to);
    return filter.on == query::End::pickup && !filter.box && filter.sources.has_all() && all_times;
}

/// Tiles are taken by their least distance until they hold k trips, none of
/// which is farther than the farthest corner of its tile.
double RankReach::ceiling_of(query::NearestQuestion const& question) const {
    constexpr double none = std::numeric_limits<double>::infinity();
    double const within = question.within_metres ? geo::haversine_of(*question.within_metres) * (1 + 1e-9) : none;
    if (!counts_all(question)) return within;
    geo::DistanceFrom const from(question.at);
    query::TileWalk walk(pickups_, from, std::nullopt);
    double farthest = 0;
    for (std::uint64_t trips = 0; trips < question.k;) {
        auto const tile = walk.next(none);
        if (!tile) return within;
        trips += tiles_.trips_in(tile->tile);
        farthest = std::max(farthest, from.upper_bound(tiles_.pickup_box[tile->tile]));
    }
    // Far above what the way from haversine to metres and back can round: a trip exactly as far as the k-th counts.
    return std::min(within, farthest * (1 + 1e-9));
}

}  // namespace tessera::request
