#include "tessera/request/touched_tiles.hpp"

#include <algorithm>
#include <limits>

#include "tessera/core/exception_keeper.hpp"
#include "tessera/geo/great_circle.hpp"
#include "tessera/request/rank_reach.hpp"

namespace tessera::request {
namespace {

/// As far as one has to look when the answer is known; what rounding can take from a distance is added.
double ceiling_of(std::vector<query::Neighbour> const& nearest, query::NearestQuestion const& question) {
    if (nearest.size() < question.k) return std::numeric_limits<double>::infinity();
    return geo::haversine_of(nearest.back().metres) * (1 + 1e-9);
}

TileSpan tiles_within(query::BoxTower const& tower, geo::Point at, double haversine) {
    geo::DistanceFrom const from(at);
    query::TileWalk walk(tower, from, std::nullopt);
    TileSpan span{std::numeric_limits<std::size_t>::max(), 0};
    while (auto const tile = walk.next(haversine)) {
        // The walk's own bound is the box's neighbours' as well, and lower.
        if (from.lower_bound(tower.floors().front()[tile->tile]) > haversine) continue;
        span.first = std::min(span.first, tile->tile);
        span.last = std::max(span.last, tile->tile);
    }
    return span;
}

}  // namespace

std::vector<TouchedTiles> find_touched_tiles(geo::LoadedTiles const& loaded,
                                             std::span<query::NearestQuestion const> questions) {
    std::vector<TouchedTiles> touched(questions.size());
    if (loaded.tiles.size() == 0) return touched;
    query::BoxTower const tower(loaded.tiles.pickup_box);
    query::NearestIndex const index(loaded, query::End::pickup);
    RankReach const reach(loaded.tiles, {0, loaded.tiles.size()});
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic, 64)
    for (std::size_t i = 0; i < questions.size(); ++i)
        keeper.run([&] {
            query::NearestQuestion const& question = questions[i];
            touched[i] = {tiles_within(tower, question.at, ceiling_of(index.find(question), question)),
                          tiles_within(tower, question.at, reach.ceiling_of(question))};
        });
    keeper.rethrow();
    return touched;
}

}  // namespace tessera::request
