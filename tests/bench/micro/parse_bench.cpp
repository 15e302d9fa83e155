#include <benchmark/benchmark.h>

#include <string>

#include "tessera/ingest/decimal.hpp"
#include "tessera/ingest/header.hpp"
#include "tessera/ingest/parse_block.hpp"
#include "tessera/synth/generate.hpp"

namespace {

using namespace tessera;

/// A made-up file's text, and what its header says.
struct MadeUpFile {
    std::string text;
    ingest::InputFile file;
    std::string_view body() const { return std::string_view(text).substr(file.body_begin); }
};

MadeUpFile make_file(core::Source source, std::uint64_t trips) {
    MadeUpFile made;
    synth::TripRecipe recipe;
    recipe.layout = &synth::find_layout(source, synth::default_layout_name);
    recipe.trips = trips;
    synth::generate_trips(recipe, [&](std::span<char const> bytes) { made.text.append(bytes.data(), bytes.size()); });
    made.file.body_begin = made.text.find('\n') + 1;
    made.file.binding =
        ingest::bind_header(std::string_view(made.text).substr(0, made.file.body_begin - 1), {}, "made up");
    return made;
}

/// From text in memory to rows, on one thread.
void parse_block(benchmark::State& state, core::Source source) {
    MadeUpFile const made = make_file(source, 50'000);
    ingest::ParseOptions options;
    options.rules.region = geo::Box::world();
    for (auto _ : state) {
        auto block = ingest::parse_block(made.body(), made.file, core::FileId{0}, 2, options);
        benchmark::DoNotOptimize(block.trips.size());
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(made.body().size()));
}
BENCHMARK_CAPTURE(parse_block, yellow, core::Source::yellow)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(parse_block, green, core::Source::green)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(parse_block, uber, core::Source::uber)->Unit(benchmark::kMillisecond);

void parse_decimal(benchmark::State& state, char const* text) {
    for (auto _ : state)
        benchmark::DoNotOptimize(ingest::parse_decimal(text, 7));
}
BENCHMARK_CAPTURE(parse_decimal, usual, "-73.994770000000003");
BENCHMARK_CAPTURE(parse_decimal, exponent, "8.9999999999999997E-2");

}  // namespace
