#include <benchmark/benchmark.h>

#include <random>

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

/// Questions near real trips: a random trip's pick-up, some hundred metres off, and the hour around it.
std::vector<query::NearestQuestion> make_questions(bool with_window) {
    auto const& trips = bench::loaded_store().trips;
    std::mt19937_64 random(1);
    std::vector<query::NearestQuestion> questions(4096);
    for (query::NearestQuestion& question : questions) {
        std::size_t const row = random() % trips.size();
        auto const shift = [&] { return static_cast<std::int32_t>(random() % 40'000) - 20'000; };
        question.at = {trips.pickup_lon[row].count + shift(), trips.pickup_lat[row].count + shift()};
        if (!with_window) continue;
        std::uint32_t const hour = trips.pickup_time[row].count / 3600 * 3600;
        question.filter.from = core::WallTime{hour};
        question.filter.to = core::WallTime{hour + 3600};
    }
    return questions;
}

void nearest(benchmark::State& state, query::End on, bool with_window) {
    query::NearestIndex const index(bench::loaded_store(), on);
    auto questions = make_questions(with_window);
    for (query::NearestQuestion& question : questions)
        question.filter.on = on;
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(index.find(questions[i++ % questions.size()]));
}
BENCHMARK_CAPTURE(nearest, pickup, query::End::pickup, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(nearest, pickup_one_hour, query::End::pickup, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(nearest, dropoff, query::End::dropoff, false)->Unit(benchmark::kMicrosecond)->UseRealTime();

void build_nearest_index(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(query::NearestIndex(bench::loaded_store(), query::End::pickup));
}
BENCHMARK(build_nearest_index)->Unit(benchmark::kMicrosecond);

void count_in_box_and_hour(benchmark::State& state) {
    auto const questions = make_questions(true);
    std::size_t i = 0;
    for (auto _ : state) {
        query::NearestQuestion const& near = questions[i++ % questions.size()];
        query::RangeQuestion question{near.filter, 100, true};
        constexpr std::int32_t half = 30'000;  // some 250 m by 330 m each way
        question.filter.box = geo::Box{near.at.lon - half, near.at.lat - half, near.at.lon + half, near.at.lat + half};
        benchmark::DoNotOptimize(query::find_range(bench::loaded_store(), question));
    }
}
BENCHMARK(count_in_box_and_hour)->Unit(benchmark::kMicrosecond)->UseRealTime();

void count_pixels(benchmark::State& state) {
    query::HeatQuestion const question{{-740'500'000, 405'500'000, -737'500'000, 409'000'000}, 1200, 1200, {}};
    for (auto _ : state)
        benchmark::DoNotOptimize(query::count_pixels(bench::loaded_store(), question));
}
BENCHMARK(count_pixels)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
