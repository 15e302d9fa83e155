#include "tessera/app/plan_ranks.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include "tessera/comm/run_local.hpp"
#include "tessera/request/touched_tiles.hpp"
#include "tessera/tiling/cut_runs.hpp"
#include "tessera/tiling/fixed_grid.hpp"

namespace tessera::app {
namespace {

std::vector<std::uint64_t> weights_of(geo::TileTable const& tiles) {
    std::vector<std::uint64_t> weights(tiles.size());
    for (std::size_t tile = 0; tile < tiles.size(); ++tile)
        weights[tile] = tiles.trips_in(tile);
    return weights;
}

/// Questions whose tiles, from the first to the last, belong to more than one rank.
std::uint64_t count_shared(std::vector<request::TouchedTiles> const& touched, std::vector<std::size_t> const& cuts,
                           request::TileSpan request::TouchedTiles::*span) {
    auto const end_of_rank = [&](std::size_t tile) { return *std::upper_bound(cuts.begin(), cuts.end(), tile); };
    auto const is_shared = [&](request::TouchedTiles const& tiles) {
        return (tiles.*span).last >= end_of_rank((tiles.*span).first);
    };
    return static_cast<std::uint64_t>(std::count_if(touched.begin(), touched.end(), is_shared));
}

}  // namespace

std::vector<std::uint64_t> trips_per_rank(geo::TileTable const& tiles, int ranks) {
    auto const weights = weights_of(tiles);
    return tiling::weigh_runs(weights, tiling::cut_runs(weights, ranks));
}

std::vector<query::NearestQuestion> questions_near_trips(core::TripTable const& trips, std::size_t count,
                                                         std::int32_t metres) {
    std::vector<query::NearestQuestion> questions;
    if (trips.size() == 0) return questions;
    constexpr std::int32_t lon_units_a_metre = 119, lat_units_a_metre = 90;  // in New York
    geo::Box const world = geo::Box::world();
    std::mt19937_64 random(1);
    auto const shift = [&](std::int32_t most) {
        return static_cast<std::int32_t>(random() % (2 * static_cast<std::uint32_t>(most) + 1)) - most;
    };
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const row = random() % trips.size();
        query::NearestQuestion& question = questions.emplace_back();
        question.at.lon =
            std::clamp(trips.pickup_lon[row].count + shift(metres * lon_units_a_metre), world.west, world.east);
        question.at.lat =
            std::clamp(trips.pickup_lat[row].count + shift(metres * lat_units_a_metre), world.south, world.north);
    }
    return questions;
}

report::RankPlans plan_ranks(geo::LoadedTiles const& loaded, geo::Box const& region, std::vector<int> const& ranks,
                             std::size_t questions) {
    auto const weights = weights_of(loaded.tiles);
    report::RankPlans plans;
    plans.trips = loaded.trips.size();
    plans.largest_tile = weights.empty() ? 0 : *std::max_element(weights.begin(), weights.end());
    plans.k = query::NearestQuestion{}.k;
    std::vector<std::vector<request::TouchedTiles>> touched;
    for (std::int32_t const metres : report::near_metres)
        touched.push_back(request::find_touched_tiles(loaded, questions_near_trips(loaded.trips, questions, metres)));
    plans.questions = touched.front().size();
    for (int const count : ranks) {
        auto const cuts = tiling::cut_runs(weights, count);
        auto const sums = tiling::weigh_runs(weights, cuts);
        auto const grid = tiling::best_fixed_grid(region, loaded.trips.pickup_lon, loaded.trips.pickup_lat, count);
        report::RankPlan& plan = plans.plans.emplace_back();
        plan = {count, *std::max_element(sums.begin(), sums.end()), grid.columns, grid.rows, grid.most_trips, {}, {}};
        for (std::size_t i = 0; i < touched.size(); ++i) {
            plan.second_needed[i] = count_shared(touched[i], cuts, &request::TouchedTiles::needed);
            plan.second_asked[i] = count_shared(touched[i], cuts, &request::TouchedTiles::asked);
        }
    }
    return plans;
}

report::RankPlans plan_ranks_of_store(comm::Communicator const& comm, std::string const& path,
                                      std::vector<int> const& ranks) {
    constexpr std::size_t questions = 20'000;
    auto const store = store::open_store(comm, path);
    std::vector<std::size_t> mine(comm.is_root() ? store.tiles.size() : 0);
    std::iota(mine.begin(), mine.end(), std::size_t{0});
    auto const loaded = store::read_tiles(comm, store, mine, query::columns_of(query::NearestQuestion{}));
    return comm::run_on_root(comm, "planning ranks",
                             [&] { return plan_ranks(loaded, store.header.region, ranks, questions); });
}

}  // namespace tessera::app
