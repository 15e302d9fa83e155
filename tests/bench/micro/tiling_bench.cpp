#include <benchmark/benchmark.h>

#include "bench_store.hpp"
#include "tessera/geo/hilbert.hpp"
#include "tessera/tiling/cell_counter.hpp"
#include "tessera/tiling/tile_trips.hpp"

namespace {

using namespace tessera;

void hilbert_key(benchmark::State& state) {
    auto const& trips = bench::loaded_store().trips;
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(geo::hilbert_key({trips.pickup_lon[i].count, trips.pickup_lat[i].count}));
        if (++i == trips.size()) i = 0;
    }
}
BENCHMARK(hilbert_key);

/// From trips to the tile of each.
void plan_tiles(benchmark::State& state) {
    auto const& trips = bench::loaded_store().trips;
    for (auto _ : state) {
        tiling::CellCounter counter(trips);
        tiling::PlanGrower grower(1024);
        while (!grower.done()) {
            unsigned const depth = grower.depth(), level = grower.level();
            auto const places = grower.grow(counter.count(grower));
            counter.follow(places, depth, level);
        }
        std::vector<std::uint32_t> place_of_found;
        benchmark::DoNotOptimize(grower.finish(place_of_found).size());
        benchmark::DoNotOptimize(counter.tiles(place_of_found).data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(trips.size()));
}
BENCHMARK(plan_tiles)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Plan, exchange and sort of a store's trips, which come in the order of the curve: the sort is not spared by that.
void tile_trips(benchmark::State& state) {
    for (auto _ : state) {
        state.PauseTiming();
        core::TripTable trips = bench::loaded_store().trips;
        state.ResumeTiming();
        auto tiled = tiling::tile_trips(bench::world(), std::move(trips), 1024);
        benchmark::DoNotOptimize(tiled.tiles.size());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(bench::loaded_store().trips.size()));
}
BENCHMARK(tile_trips)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
