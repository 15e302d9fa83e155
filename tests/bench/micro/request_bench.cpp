#include <benchmark/benchmark.h>

#include <omp.h>

#include "bench_store.hpp"
#include "made_up_requests.hpp"
#include "tessera/report/answer.hpp"
#include "tessera/request/part.hpp"
#include "tessera/request/rank_reach.hpp"
#include "tessera/request/read_request.hpp"

namespace {

using namespace tessera;

synth::RequestMix nearest_in_an_hour() {
    auto mix = bench::only(request::Operation::nearest);
    mix.window = synth::WindowKind::hour;
    mix.k = 10;
    return mix;
}

void read_line(benchmark::State& state, request::Operation operation) {
    auto const lines = bench::make_lines(1024, bench::only(operation));
    request::RequestReader reader(request::Limits{});
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(reader.read(lines.lines[i++ % lines.lines.size()]));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(read_line, nearest, request::Operation::nearest);
BENCHMARK_CAPTURE(read_line, range, request::Operation::range);
BENCHMARK_CAPTURE(read_line, aggregate, request::Operation::aggregate);

/// Of two ranks, which a request can touch.
void reach_of_line(benchmark::State& state, synth::RequestMix const& mix) {
    auto const& tiles = bench::loaded_store().tiles;
    request::RankReach const reach(tiles, {0, tiles.size() / 2, tiles.size()});
    auto const requests = bench::read_requests(bench::make_lines(1024, mix));
    std::size_t i = 0, touched = 0;
    for (auto _ : state) {
        auto const ranks = reach.of(requests[i++ % requests.size()].question);
        touched += static_cast<std::size_t>(ranks[0] + ranks[1]);
    }
    state.counters["ranks"] = benchmark::Counter(static_cast<double>(touched), benchmark::Counter::kAvgIterations);
}
BENCHMARK_CAPTURE(reach_of_line, nearest_one_hour, nearest_in_an_hour());
BENCHMARK_CAPTURE(reach_of_line, mixed, synth::RequestMix{});

void append_line(std::string& text, std::string& body, report::AnswerWriter const& writer,
                 request::Request const& request, request::Part const& part) {
    body.clear();
    writer.append_body(body, request, part);
    writer.append_answer(text, request, part, part.work, 1, body);
}

void write_line(benchmark::State& state, request::Operation operation) {
    auto const& index = bench::index_of_store();
    auto const requests = bench::read_requests(bench::make_lines(256, bench::only(operation)));
    std::vector<request::Part> parts;
    for (request::Request const& request : requests)
        parts.push_back(request::answer_part(index, request.question, {}));
    report::AnswerWriter const writer({"yellow.csv"}, false);
    std::string text, body;
    std::size_t i = 0, bytes = 0;
    for (auto _ : state) {
        text.clear();
        append_line(text, body, writer, requests[i % requests.size()], parts[i % parts.size()]);
        bytes += text.size();
        ++i;
    }
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK_CAPTURE(write_line, nearest, request::Operation::nearest);
BENCHMARK_CAPTURE(write_line, range, request::Operation::range);
BENCHMARK_CAPTURE(write_line, aggregate, request::Operation::aggregate);

/// What one rank does with a batch: text in, text out, by all threads.
class Batch {
  public:
    explicit Batch(bench::RequestLines const& lines)
        : lines_(lines.lines), requests_(lines_.size()), texts_(lines_.size()), bodies_(lines_.size()) {
        for (int thread = 0; thread < omp_get_max_threads(); ++thread)
            readers_.emplace_back(request::Limits{});
    }

    void answer(query::TripIndex const& index, request::RankReach const& reach, report::AnswerWriter const& writer) {
        std::size_t const n = lines_.size();
#pragma omp parallel for schedule(static)
        for (std::size_t i = 0; i < n; ++i) {
            auto& reader = readers_[static_cast<std::size_t>(omp_get_thread_num())];
            requests_[i] = std::get<request::Request>(reader.read(lines_[i]));
            benchmark::DoNotOptimize(reach.of(requests_[i].question));
        }
        std::vector<request::Question const*> questions;
        for (request::Request const& request : requests_)
            questions.push_back(&request.question);
        std::vector<request::Part> parts(n);
        request::answer_parts(index, questions, std::vector<std::uint8_t>(n, 1), {}, parts);
#pragma omp parallel for schedule(dynamic, 8)
        for (std::size_t i = 0; i < n; ++i) {
            texts_[i].clear();
            append_line(texts_[i], bodies_[i], writer, requests_[i], parts[i]);
        }
    }

  private:
    std::vector<std::string_view> const& lines_;
    std::vector<request::RequestReader> readers_;
    std::vector<request::Request> requests_;
    std::vector<std::string> texts_, bodies_;
};

void answer_batch(benchmark::State& state, synth::RequestMix const& mix, std::size_t count) {
    auto const& index = bench::index_of_store();
    request::RankReach const reach(bench::loaded_store().tiles, {0, bench::loaded_store().tiles.size()});
    report::AnswerWriter const writer({"yellow.csv"}, false);
    auto const lines = bench::make_lines(count, mix);
    Batch batch(lines);
    for (auto _ : state)
        batch.answer(index, reach, writer);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK_CAPTURE(answer_batch, nearest_one_hour, nearest_in_an_hour(), std::size_t{1000})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(answer_batch, mixed, synth::RequestMix{}, std::size_t{100})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
