#include <benchmark/benchmark.h>

#include "../peers/near_questions.hpp"
#include "bench_store.hpp"
#include "made_up_requests.hpp"
#include "tessera/query/trip_index.hpp"

// What the index makes of questions, one after the other, as a request that comes alone is answered.
namespace {

using namespace tessera;

void build_index(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(query::TripIndex(bench::loaded_store()).town());
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(bench::loaded_store().trips.size()));
}
BENCHMARK(build_index)->Unit(benchmark::kMillisecond)->UseRealTime();

void indexed_nearest(benchmark::State& state, query::End on, bool with_window) {
    auto const& index = bench::index_of_store();
    auto const questions = bench::make_near_questions(bench::loaded_store(), on, with_window, 4096);
    query::Looked looked;
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(query::find_nearest(index, questions[i++ % questions.size()], looked));
    state.counters["rows"] = benchmark::Counter(static_cast<double>(looked.rows), benchmark::Counter::kAvgIterations);
}
BENCHMARK_CAPTURE(indexed_nearest, pickup, query::End::pickup, false)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK_CAPTURE(indexed_nearest, pickup_one_hour, query::End::pickup, true)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(indexed_nearest, dropoff, query::End::dropoff, false)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK_CAPTURE(indexed_nearest, dropoff_one_hour, query::End::dropoff, true)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

void indexed_range(benchmark::State& state, bool count_only) {
    auto const& index = bench::index_of_store();
    auto const questions = bench::make_box_questions(
        bench::make_near_questions(bench::loaded_store(), query::End::pickup, true, 4096), count_only);
    query::Looked looked;
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(query::find_range(index, questions[i++ % questions.size()], looked));
    state.counters["rows"] = benchmark::Counter(static_cast<double>(looked.rows), benchmark::Counter::kAvgIterations);
}
BENCHMARK_CAPTURE(indexed_range, count, true)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK_CAPTURE(indexed_range, rows, false)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// The mixture of `generate requests`: an iteration is 256 questions of all its shapes, so that each run asks the same.
void indexed_aggregate(benchmark::State& state) {
    auto const& index = bench::index_of_store();
    auto const requests = bench::read_requests(bench::make_lines(256, bench::only(request::Operation::aggregate)));
    query::Looked looked;
    for (auto _ : state)
        for (request::Request const& request : requests)
            benchmark::DoNotOptimize(
                query::aggregate(index, std::get<query::AggregateQuestion>(request.question), looked));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(requests.size()));
}
BENCHMARK(indexed_aggregate)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
