#include "tessera/report/prometheus.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include "report/answered.hpp"

namespace tessera::report {
namespace {

using std::chrono::nanoseconds;

RunMetrics small_run() {
    return {"night",
            "ingest",
            "0.1.0",
            WallClock::time_point(std::chrono::seconds(1'400'000'000)),
            WallClock::time_point(std::chrono::milliseconds(1'400'000'007'250)),
            std::nullopt};
}

/// Something of everything.
Metrics everything() {
    Metrics metrics;
    metrics.run = small_run();
    metrics.run.finished = metrics.run.written;
    metrics.phases = {{"load", nanoseconds(1'500'000'000)}};
    metrics.ranks = {{10, 4096, nanoseconds(250'000'000), 65'536}, {12, 8192, nanoseconds(1)}};
    metrics.read = {1234, {1, 2, 3}};
    metrics.ingest.emplace();
    metrics.requests.emplace();
    for (request::Answered const& answered : random_answered(3'000))
        metrics.requests->add(answered);
    metrics.requests->add_batch(3'000, 70'000);
    metrics.replay = {7, 2, nanoseconds(500'000'000)};
    metrics.http.emplace();
    metrics.http->replies.add(HttpHandler::tiles, 418, nanoseconds(1));
    metrics.streams.emplace();
    metrics.maps.emplace();
    return metrics;
}

/// Samples by name and labels, as written.
std::map<std::string, double> samples_of(std::string const& text) {
    std::map<std::string, double> samples;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("#")) continue;
        std::size_t const blank = line.rfind(' ');
        EXPECT_TRUE(samples.emplace(line.substr(0, blank), std::stod(line.substr(blank + 1))).second) << line;
    }
    return samples;
}

TEST(Prometheus, SaysWhatThereIsAndNoMore) {
    Metrics metrics;
    metrics.run = small_run();
    metrics.phases = {{"read", nanoseconds(1'500'000'000)}, {"tile", nanoseconds(0)}};
    metrics.ranks = {{10, 4096, std::nullopt}, {12, 8192, std::nullopt}};
    metrics.read = {123'456'789'012, {0, 9, 13}};
    EXPECT_EQ(prometheus_text(metrics),
              R"(# HELP tessera_build_info Always 1; the labels tell which program runs, and which command.
# TYPE tessera_build_info gauge
tessera_build_info{version="0.1.0",command="ingest",run="night"} 1
# HELP tessera_start_time_seconds When the run began, in seconds since 1970.
# TYPE tessera_start_time_seconds gauge
tessera_start_time_seconds{run="night"} 1400000000
# HELP tessera_last_write_time_seconds When these numbers were written, in seconds since 1970.
# TYPE tessera_last_write_time_seconds gauge
tessera_last_write_time_seconds{run="night"} 1400000007.25
# HELP tessera_phase_duration_seconds How long a phase of the run took, or has taken so far.
# TYPE tessera_phase_duration_seconds gauge
tessera_phase_duration_seconds{phase="read",run="night"} 1.5
tessera_phase_duration_seconds{phase="tile",run="night"} 0
# HELP tessera_rank_trips Trips that an MPI rank owns.
# TYPE tessera_rank_trips gauge
tessera_rank_trips{rank="0",run="night"} 10
tessera_rank_trips{rank="1",run="night"} 12
# HELP tessera_rank_resident_memory_bytes Memory that an MPI rank holds.
# TYPE tessera_rank_resident_memory_bytes gauge
tessera_rank_resident_memory_bytes{rank="0",run="night"} 4096
tessera_rank_resident_memory_bytes{rank="1",run="night"} 8192
# HELP tessera_read_bytes_total Bytes read of the input files or the store.
# TYPE tessera_read_bytes_total counter
tessera_read_bytes_total{run="night"} 123456789012
# HELP tessera_trips_total Trips kept of the input files, or loaded from the store.
# TYPE tessera_trips_total counter
tessera_trips_total{source="green",run="night"} 0
tessera_trips_total{source="uber",run="night"} 9
tessera_trips_total{source="yellow",run="night"} 13
)");
}

TEST(Prometheus, CountsRequestsAsOneWouldByHand) {
    auto const samples = samples_of(prometheus_text(everything()));
    std::map<std::string, double> wanted;
    double queue_s = 0;
    for (request::Answered const& answered : random_answered(3'000)) {
        std::string const op(answered.operation ? request::name_of(*answered.operation) : "unknown");
        std::string const outcome(request::name_of(answered.outcome));
        auto const& cost = answered.cost;
        ++wanted["tessera_requests_total{op=\"" + op + "\",outcome=\"" + outcome + "\",run=\"night\"}"];
        wanted["tessera_request_tiles_total{op=\"" + op + "\",run=\"night\"}"] += static_cast<double>(cost.tiles);
        wanted["tessera_request_rows_total{op=\"" + op + "\",run=\"night\"}"] += static_cast<double>(cost.rows);
        for (auto const& [le, ns] : {std::pair{"0.00025", 250'000L}, {"0.1", 100'000'000L}, {"+Inf", 1L << 62}}) {
            std::string const end = ",run=\"night\",le=\"" + std::string(le) + "\"}";
            wanted["tessera_request_duration_seconds_bucket{op=\"" + op + "\"" + end] +=
                (cost.queue + cost.work).count() <= ns;
            wanted["tessera_request_work_duration_seconds_bucket{op=\"" + op + "\"" + end] += cost.work.count() <= ns;
        }
        queue_s += static_cast<double>(cost.queue.count()) / 1e9;
    }
    wanted["tessera_request_queue_duration_seconds_count{run=\"night\"}"] = 3'000;
    wanted["tessera_batches_total{run=\"night\"}"] = 1;
    wanted["tessera_batch_requests_sum{run=\"night\"}"] = 3'000;
    wanted["tessera_batch_requests_bucket{run=\"night\",le=\"1024\"}"] = 0;
    wanted["tessera_batch_requests_bucket{run=\"night\",le=\"4096\"}"] = 1;
    wanted["tessera_answer_bytes_total{run=\"night\"}"] = 70'000;
    wanted["tessera_rank_busy_seconds_total{rank=\"0\",run=\"night\"}"] = 0.25;
    wanted["tessera_rank_memory_limit_bytes{rank=\"0\",run=\"night\"}"] = 65'536;
    wanted["tessera_replay_behind_seconds{run=\"night\"}"] = 0.5;
    for (auto const& [name, value] : wanted) {
        auto const found = samples.find(name);
        ASSERT_NE(found, samples.end()) << name;
        EXPECT_EQ(found->second, value) << name;
    }
    EXPECT_NEAR(samples.at("tessera_request_queue_duration_seconds_sum{run=\"night\"}"), queue_s, 1e-9 * queue_s);
}

TEST(Prometheus, HasEverySeriesFromTheStart) {
    Metrics metrics;
    metrics.run = small_run();
    metrics.requests.emplace();
    auto const samples = samples_of(prometheus_text(metrics));
    EXPECT_EQ(samples.count("tessera_requests_total{op=\"range\",outcome=\"answered\",run=\"night\"}"), 1U);
    EXPECT_EQ(samples.count("tessera_requests_total{op=\"unknown\",outcome=\"bad_json\",run=\"night\"}"), 1U);
    EXPECT_EQ(samples.count("tessera_requests_total{op=\"unknown\",outcome=\"answered\",run=\"night\"}"), 0U);
    EXPECT_EQ(samples.count("tessera_requests_total{op=\"range\",outcome=\"bad_json\",run=\"night\"}"), 0U);
}

TEST(Prometheus, WritesAnyNameOfARun) {
    Metrics metrics;
    metrics.run.run = "a\"b\\c\nd\xe9";
    EXPECT_NE(prometheus_text(metrics).find("{run=\"a\\\"b\\\\c\\nd\xef\xbf\xbd\"} "), std::string::npos);
}

TEST(Prometheus, PleasesPromtool) {
    if (std::system("command -v promtool >/dev/null") != 0)
        GTEST_SKIP() << "SKIPPED: no promtool here (Debian: prometheus)";
    std::string path = (std::filesystem::temp_directory_path() / "tessera-prom-XXXXXX").string();
    int const descriptor = ::mkstemp(path.data());
    std::string const text = prometheus_text(everything());
    ASSERT_EQ(::write(descriptor, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(descriptor);
    std::FILE* const tool = ::popen(("promtool check metrics <'" + path + "' 2>&1").c_str(), "r");
    ASSERT_NE(tool, nullptr);
    std::string said;
    for (int c = 0; (c = std::fgetc(tool)) != EOF;)
        said += static_cast<char>(c);
    int const status = ::pclose(tool);
    std::filesystem::remove(path);
    EXPECT_EQ(said, "");
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

}  // namespace
}  // namespace tessera::report
