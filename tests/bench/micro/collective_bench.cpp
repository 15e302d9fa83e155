#include <benchmark/benchmark.h>

#include <numeric>

#include "bench_store.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/reduce/reduce.hpp"
#include "tessera/tiling/tile_trips.hpp"

// Collectives, on as many ranks as mpirun starts. All ranks must go round as often: iterations are fixed.
namespace {

using namespace tessera;

void all_reduce(benchmark::State& state) {
    std::vector<std::uint64_t> counts(static_cast<std::size_t>(state.range(0)), 1);
    for (auto _ : state)
        comm::allreduce(bench::world(), comm::Reduction::sum, std::span(counts));
    state.SetBytesProcessed(state.iterations() * state.range(0) * 8);
}
BENCHMARK(all_reduce)->Arg(1)->Arg(65'536)->Iterations(300)->Unit(benchmark::kMicrosecond)->UseRealTime();

void broadcast(benchmark::State& state) {
    std::vector<std::byte> bytes(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        comm::broadcast(bench::world(), std::span(bytes));
        comm::barrier(bench::world());  // else the root runs ahead
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(broadcast)->Arg(64)->Arg(1 << 20)->Iterations(300)->Unit(benchmark::kMicrosecond)->UseRealTime();

void all_to_all(benchmark::State& state) {
    std::vector<std::uint64_t> const values(static_cast<std::size_t>(bench::world().size()), 1);
    for (auto _ : state)
        benchmark::DoNotOptimize(comm::all_to_all(bench::world(), std::span(values)));
}
BENCHMARK(all_to_all)->Iterations(1000)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// Each rank sends as much to each, itself too.
void exchange(benchmark::State& state) {
    auto const ranks = static_cast<std::size_t>(bench::world().size());
    std::vector<std::uint64_t> const counts(ranks, static_cast<std::uint64_t>(state.range(0)));
    std::vector<std::uint32_t> const send(ranks * counts[0]);
    for (auto _ : state)
        benchmark::DoNotOptimize(comm::exchange(bench::world(), std::span(send), counts, counts));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(send.size() * sizeof(send[0])));
}
BENCHMARK(exchange)->Arg(1000)->Arg(1'000'000)->Iterations(50)->Unit(benchmark::kMicrosecond)->UseRealTime();

void reduce_nearest(benchmark::State& state) {
    std::vector<query::Neighbour> mine(10);
    for (std::size_t i = 0; i < mine.size(); ++i)
        mine[i].metres = static_cast<double>(i);
    for (auto _ : state)
        benchmark::DoNotOptimize(reduce::reduce_nearest(bench::world(), mine, mine.size()));
}
BENCHMARK(reduce_nearest)->Iterations(300)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// Every rank holds trips of all the town, as after reading: plan, all-to-all of each column, and order.
void tile_spread_trips(benchmark::State& state) {
    auto const& all = bench::loaded_store().trips;
    auto const rank = static_cast<std::size_t>(bench::world().rank());
    auto const ranks = static_cast<std::size_t>(bench::world().size());
    core::TripTable spread;
    for (std::size_t row = rank; row < all.size(); row += ranks)
        core::append(spread, core::trip_at(all, row));
    std::uint64_t sent = 0;
    for (auto _ : state) {
        state.PauseTiming();
        core::TripTable mine = spread;
        comm::barrier(bench::world());
        state.ResumeTiming();
        sent += tiling::tile_trips(bench::world(), std::move(mine), 1024).traffic.bytes_sent;
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(all.size()));
    state.SetBytesProcessed(static_cast<std::int64_t>(sent));
}
BENCHMARK(tile_spread_trips)->Iterations(5)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
