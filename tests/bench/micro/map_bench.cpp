#include <benchmark/benchmark.h>

#include <map>
#include <memory>

#include "bench_store.hpp"
#include "tessera/desk/map_artist.hpp"
#include "tessera/query/map_sample.hpp"
#include "tessera/report/png.hpp"

// Map tiles, as `serve` draws them: counting, adding up over ranks, colouring and PNG. Of the fullest tile of a zoom.
namespace {

using namespace tessera;

/// The tile with most trips, by the middles of the store's tiles.
query::MapTile fullest_tile(std::uint32_t zoom) {
    geo::TileTable const& tiles = bench::loaded_store().tiles;
    geo::MapGrid const grid(zoom);
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> trips;
    std::pair<std::uint32_t, std::uint32_t> fullest;
    for (std::size_t tile = 0; tile < tiles.size(); ++tile) {
        geo::Box const& box = tiles.pickup_box[tile];
        std::pair const place(grid.column_of(box.west / 2 + box.east / 2), grid.row_of(box.south / 2 + box.north / 2));
        if ((trips[place] += tiles.trips_in(tile)) > trips[fullest]) fullest = place;
    }
    return {zoom, fullest.first, fullest.second, 256};
}

query::MapQuestion question_at(std::uint32_t zoom) {
    return {fullest_tile(zoom), {}, {}};
}

std::vector<std::size_t> one_run() {
    return {0, bench::loaded_store().tiles.size()};
}

std::size_t draw(desk::MapArtist& artist, query::MapQuestion const& question) {
    auto const round = artist.plan(std::span(&question, 1));
    return artist.paint(reduce::count_maps(bench::world(), bench::index_of_store(), round)).front().png->size();
}

void draw_tile(benchmark::State& state, query::Measure measure) {
    desk::MapArtist artist(bench::loaded_store().tiles, one_run());
    auto question = question_at(static_cast<std::uint32_t>(state.range(0)));
    question.measure = measure;
    std::size_t bytes = draw(artist, question);  // its scale is known from now on
    for (auto _ : state)
        benchmark::DoNotOptimize(bytes = draw(artist, question));
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK_CAPTURE(draw_tile, trips, query::Measure{})
    ->Arg(9)
    ->Arg(11)
    ->Arg(13)
    ->Arg(15)
    ->Arg(18)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(draw_tile, mean_fare, query::Measure{query::Statistic::mean, query::Field::fare})
    ->Arg(11)
    ->Arg(15)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

/// Another hour each time, as one who drags a window gets it: nothing is known of its scale.
void draw_tile_of_an_hour(benchmark::State& state) {
    desk::MapArtist artist(bench::loaded_store().tiles, one_run());
    auto question = question_at(static_cast<std::uint32_t>(state.range(0)));
    std::uint32_t const first = bench::loaded_store().tiles.first_time.front().count / 3600 * 3600;
    std::uint32_t hour = 0;
    for (auto _ : state) {
        question.filter.from = core::WallTime{first + hour % 1000 * 3601};
        question.filter.to = core::WallTime{question.filter.from->count + 3600};
        ++hour;
        benchmark::DoNotOptimize(draw(artist, question));
    }
}
BENCHMARK(draw_tile_of_an_hour)->Arg(11)->Arg(15)->Unit(benchmark::kMillisecond)->UseRealTime();

void count_tile(benchmark::State& state) {
    auto const question = question_at(static_cast<std::uint32_t>(state.range(0)));
    query::Looked looked;
    for (auto _ : state)
        benchmark::DoNotOptimize(query::count_map_pixels(bench::index_of_store(), question, looked).count.data());
}
BENCHMARK(count_tile)->Arg(11)->Arg(15)->Unit(benchmark::kMillisecond)->UseRealTime();

void make_scale(benchmark::State& state) {
    auto const question = question_at(static_cast<std::uint32_t>(state.range(0)));
    std::size_t pixels = 0;
    for (auto _ : state) {
        auto const sample =
            query::count_sample(bench::index_of_store(), query::sample_for(question, bench::loaded_store().tiles));
        pixels = sample.size();
        benchmark::DoNotOptimize(report::MapScale(sample, question.measure).color_of(1));
    }
    state.counters["pixels"] = static_cast<double>(pixels);
}
BENCHMARK(make_scale)->DenseRange(8, 20, 2)->Arg(11)->Arg(15)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
