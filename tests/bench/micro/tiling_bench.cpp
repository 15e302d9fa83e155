#include <benchmark/benchmark.h>

#include "bench_store.hpp"
#include "tessera/geo/hilbert.hpp"
#include "tessera/tiling/count_cells.hpp"
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

/// Keys of all trips, in order, and the tiles that they make.
void plan_tiles(benchmark::State& state) {
    core::TripRows const trips(bench::loaded_store().trips);
    for (auto _ : state) {
        tiling::KeyOrder const rows(trips);
        tiling::PlanGrower grower(1024);
        while (!grower.done())
            grower.grow(tiling::count_cells(rows, grower));
        benchmark::DoNotOptimize(grower.finish().size());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(trips.size()));
}
BENCHMARK(plan_tiles)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Plan, exchange and sort of a store's trips, which come in the order of the curve: the sort is not spared by that.
void tile_trips(benchmark::State& state) {
    for (auto _ : state) {
        state.PauseTiming();
        core::TripRows trips(bench::loaded_store().trips);
        state.ResumeTiming();
        auto tiled = tiling::tile_trips(bench::world(), std::move(trips), 1024);
        benchmark::DoNotOptimize(tiled.tiles.size());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(bench::loaded_store().trips.size()));
}
BENCHMARK(tile_trips)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
