#include <benchmark/benchmark.h>

#include "../peers/near_questions.hpp"
#include "bench_store.hpp"
#include "tessera/query/aggregate.hpp"
#include "tessera/query/heat.hpp"
#include "tessera/query/nearest.hpp"
#include "tessera/query/range.hpp"

namespace {

using namespace tessera;

void aggregate(benchmark::State& state, char const* keys, char const* measures) {
    query::AggregateQuestion const question{query::parse_keys(keys), query::parse_measures(measures), {}};
    auto const& loaded = bench::loaded_store();
    for (auto _ : state)
        benchmark::DoNotOptimize(query::aggregate(loaded, question));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(geo::trip_count(loaded.tiles)));
}
BENCHMARK_CAPTURE(aggregate, hour_weekday, "hour,weekday", "trips")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(aggregate, classic, "passengers,year,distance_mile", "trips")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(aggregate, grid, "pickup_tile:17", "trips")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(aggregate, fares, "hour", "mean:fare,p90:fare,max:tip")->Unit(benchmark::kMillisecond)->UseRealTime();

void nearest(benchmark::State& state, query::End on, bool with_window) {
    query::NearestIndex const index(bench::loaded_store(), on);
    auto const questions = bench::make_near_questions(bench::loaded_store(), on, with_window, 4096);
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(index.find(questions[i++ % questions.size()]));
}
BENCHMARK_CAPTURE(nearest, pickup, query::End::pickup, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(nearest, pickup_one_hour, query::End::pickup, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(nearest, dropoff, query::End::dropoff, false)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// The k first of two ranks' neighbours.
void merge_nearest(benchmark::State& state) {
    std::vector<query::Neighbour> a(10), b(10);
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i].metres = static_cast<double>(2 * i);
        b[i].metres = static_cast<double>(3 * i);
    }
    for (auto _ : state)
        benchmark::DoNotOptimize(query::merge(a, b, a.size()));
}
BENCHMARK(merge_nearest);

void build_nearest_index(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(query::NearestIndex(bench::loaded_store(), query::End::pickup));
}
BENCHMARK(build_nearest_index)->Unit(benchmark::kMicrosecond);

void count_in_box_and_hour(benchmark::State& state) {
    auto const questions = bench::make_box_questions(
        bench::make_near_questions(bench::loaded_store(), query::End::pickup, true, 4096), true);
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(query::find_range(bench::loaded_store(), questions[i++ % questions.size()]));
}
BENCHMARK(count_in_box_and_hour)->Unit(benchmark::kMicrosecond)->UseRealTime();

void count_pixels(benchmark::State& state) {
    query::HeatQuestion const question{{-740'500'000, 405'500'000, -737'500'000, 409'000'000}, 1200, 1200, {}};
    for (auto _ : state)
        benchmark::DoNotOptimize(query::count_pixels(bench::loaded_store(), question));
}
BENCHMARK(count_pixels)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
