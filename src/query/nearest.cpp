#include "tessera/query/nearest.hpp"

#include <omp.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "tessera/core/exception_keeper.hpp"
#include "tile_search.hpp"

namespace tessera::query {
namespace {

/// So many rows a single thread sees before the remaining ones are counted, and so many remaining ones pay for a team.
constexpr std::size_t rows_seen_alone = 1 << 16;
constexpr std::uint64_t least_rows_left_for_a_team = 1 << 18;

/// The tiles that a walk has left within a limit.
std::vector<TileBound> drain(TileWalk& walk, double limit) {
    std::vector<TileBound> tiles;
    while (auto const tile = walk.next(limit))
        tiles.push_back(*tile);
    return tiles;
}

std::uint64_t rows_of(geo::TileTable const& tiles, std::vector<TileBound> const& some) {
    std::uint64_t rows = 0;
    for (TileBound const& tile : some)
        rows += tiles.trips_in(tile.tile);
    return rows;
}

/// Each thread searches with a limit of its own, which starts from what is known; the lists merge to the exact answer.
std::vector<Neighbour> search_in_team(geo::LoadedTiles const& loaded, NearestQuestion const& question,
                                      std::vector<TileBound> const& tiles, double limit, Looked& looked) {
    std::vector<Neighbour> nearest;
    core::ExceptionKeeper keeper;
#pragma omp parallel if (rows_of(loaded.tiles, tiles) >= least_rows_left_for_a_team)
    {
        TileSearch search(loaded, question);
        search.limit_to(limit);
#pragma omp for schedule(dynamic) nowait
        for (std::size_t i = 0; i < tiles.size(); ++i)
            keeper.run([&] {
                if (tiles[i].haversine <= search.limit()) search.look_through(tiles[i].tile);
            });
#pragma omp critical(tessera_query_nearest)
        keeper.run([&] {
            looked.tiles += search.looked().tiles;
            looked.rows += search.looked().rows;
            nearest = merge(nearest, search.take(), question.k);
        });
    }
    keeper.rethrow();
    return nearest;
}

}  // namespace

core::ColumnSet columns_of(NearestQuestion const& question) {
    core::ColumnSet columns = columns_of(question.filter);
    columns.add(coordinates_of(question.filter.on));
    columns.add({core::Column::file, core::Column::line});
    return columns;
}

std::vector<TileBound> tiles_by_distance(geo::TileTable const& tiles, NearestQuestion const& question) {
    geo::DistanceFrom const from(question.at);
    double const ceiling = ceiling_of(question);
    std::vector<geo::Box> const& boxes = boxes_of(tiles, question.filter.on);
    std::vector<TileBound> near;
    for (std::size_t tile = 0; tile < tiles.size(); ++tile) {
        if (boxes[tile].empty() || !may_match(question.filter, tiles, tile)) continue;
        double const bound = from.lower_bound(boxes[tile]);
        if (bound <= ceiling) near.push_back({bound, tile});
    }
    std::sort(near.begin(), near.end(), [](TileBound const& a, TileBound const& b) {
        return std::tie(a.haversine, a.tile) < std::tie(b.haversine, b.tile);
    });
    return near;
}

NearestIndex::NearestIndex(geo::LoadedTiles const& loaded, End on)
    : loaded_(loaded), on_(on), tower_(boxes_of(loaded.tiles, on)) {}

std::vector<Neighbour> NearestIndex::find(NearestQuestion const& question, Looked* looked) const {
    if (question.filter.on != on_) throw std::invalid_argument("the question is about the other end of the trips");
    if (question.k == 0) return {};
    TileSearch search(loaded_, question);
    TileWalk walk(tower_, search.from(), question.filter.box);
    std::vector<Neighbour> others;
    Looked seen_by_others;
    while (auto const tile = walk.next(search.limit())) {
        search.look_through(tile->tile);
        if (search.looked().rows < rows_seen_alone) continue;
        others = search_in_team(loaded_, question, drain(walk, search.limit()), search.limit(), seen_by_others);
        break;
    }
    if (looked != nullptr) {
        looked->tiles += search.looked().tiles + seen_by_others.tiles;
        looked->rows += search.looked().rows + seen_by_others.rows;
    }
    return merge(search.take(), others, question.k);
}

std::vector<Neighbour> merge(std::vector<Neighbour> const& a, std::vector<Neighbour> const& b, std::size_t k) {
    std::vector<Neighbour> both;
    both.reserve(a.size() + b.size());
    std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    if (both.size() > k) both.resize(k);
    return both;
}

}  // namespace tessera::query
