#include "tessera/report/service_metrics.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <sstream>

#include "tessera/report/prometheus.hpp"

namespace tessera::report {
namespace {

using std::chrono::nanoseconds;

HttpHandler const all_handlers[] = {HttpHandler::requests,  HttpHandler::nearest, HttpHandler::range,
                                    HttpHandler::aggregate, HttpHandler::info,    HttpHandler::tiles,
                                    HttpHandler::events,    HttpHandler::metrics, HttpHandler::page,
                                    HttpHandler::health,    HttpHandler::other};

/// Lines of the text that begin so, labels and value; without the label of the run.
std::map<std::string, double> lines_of(Metrics const& metrics, std::string const& name) {
    std::map<std::string, double> found;
    std::istringstream lines(prometheus_text(metrics));
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(name + "{")) continue;
        std::string const run = "run=\"r\"";
        line.erase(line.find(run), run.size());
        std::size_t const blank = line.rfind(' ');
        found.emplace(line.substr(name.size(), blank - name.size()), std::stod(line.substr(blank + 1)));
    }
    return found;
}

std::string labels(HttpHandler handler, std::string const& code) {
    return "{handler=\"" + std::string(name_of(handler)) + "\",code=\"" + code + "\",}";
}

Metrics with_http(HttpMetrics const& http) {
    Metrics metrics;
    metrics.run.run = "r";
    metrics.http = http;
    return metrics;
}

TEST(Handlers, OfPaths) {
    std::pair<char const*, HttpHandler> const paths[] = {
        {"/api/requests", HttpHandler::requests},
        {"/api/nearest", HttpHandler::nearest},
        {"/api/range", HttpHandler::range},
        {"/api/aggregate", HttpHandler::aggregate},
        {"/api/info", HttpHandler::info},
        {"/tiles/3/1/2.png", HttpHandler::tiles},
        {"/tiles/nonsense", HttpHandler::tiles},
        {"/events", HttpHandler::events},
        {"/metrics", HttpHandler::metrics},
        {"/", HttpHandler::page},
        {"/page/main.js", HttpHandler::page},
        {"/openapi.json", HttpHandler::page},
        {"/healthz", HttpHandler::health},
        {"/readyz", HttpHandler::health},
        {"", HttpHandler::other},
        {"/api", HttpHandler::other},
        {"/api/nearest2", HttpHandler::other},
        {"/metrics/", HttpHandler::other},
        {"/tiles", HttpHandler::other},
        {"*", HttpHandler::other},
    };
    for (auto const& [path, handler] : paths)
        EXPECT_EQ(name_of(handler_of(path)), name_of(handler)) << path;
}

TEST(Handlers, HaveNamesOfTheirOwn) {
    std::set<std::string_view> names;
    for (HttpHandler const handler : all_handlers)
        names.insert(name_of(handler));
    EXPECT_EQ(names.size(), http_handler_count);
}

TEST(Replies, AreCountedAsOneWouldByHand) {
    std::mt19937_64 random(20140401);
    std::map<std::string, double> wanted, wanted_durations;
    double wanted_fast = 0;
    HttpMetrics http;
    for (int i = 0; i < 5'000; ++i) {
        HttpHandler const handler = all_handlers[random() % std::size(all_handlers)];
        int const status = http_statuses[random() % http_statuses.size()];
        nanoseconds const duration(random() % 1'000'000'000);
        http.replies.add(handler, status, duration);
        ++wanted[labels(handler, std::to_string(status))];
        ++wanted_durations["{handler=\"" + std::string(name_of(handler)) + "\",}"];
        wanted_fast += handler == HttpHandler::tiles && duration <= nanoseconds(100'000'000);
    }
    Metrics const metrics = with_http(http);
    auto const found = lines_of(metrics, "tessera_http_replies_total");
    double sum = 0;
    for (auto const& [name, value] : found) {
        EXPECT_EQ(value, wanted[name]) << name;
        sum += value;
    }
    EXPECT_EQ(sum, 5'000);
    EXPECT_EQ(lines_of(metrics, "tessera_http_reply_duration_seconds_count"), wanted_durations);
    auto const buckets = lines_of(metrics, "tessera_http_reply_duration_seconds_bucket");
    EXPECT_EQ(buckets.at("{handler=\"tiles\",,le=\"0.1\"}"), wanted_fast);
}

TEST(Replies, HaveTheirSeriesFromTheStart) {
    auto const found = lines_of(with_http({}), "tessera_http_replies_total");
    for (HttpHandler const handler : all_handlers)
        for (char const* const code : {"400", "401", "403", "404", "405", "500", "503"})
            EXPECT_EQ(found.count(labels(handler, code)), 1U) << labels(handler, code);
    EXPECT_EQ(found.count(labels(HttpHandler::nearest, "200")), 1U);
    EXPECT_EQ(found.count(labels(HttpHandler::tiles, "304")), 1U);
    EXPECT_EQ(found.count(labels(HttpHandler::nearest, "304")), 0U);
    EXPECT_EQ(found.count(labels(HttpHandler::other, "200")), 0U);
    for (auto const& [name, value] : found)
        EXPECT_EQ(value, 0) << name;
}

/// However many statuses there may be one day: labels are bounded.
TEST(Replies, OfUnknownStatusesAreCountedTogether) {
    HttpMetrics http;
    for (int const status : {418, 429, 504, 0, -1, 1'000'000})
        http.replies.add(HttpHandler::tiles, status, nanoseconds(1));
    auto const found = lines_of(with_http(http), "tessera_http_replies_total");
    EXPECT_EQ(found.at(labels(HttpHandler::tiles, "other")), 6);
    EXPECT_EQ(found.size(), lines_of(with_http({}), "tessera_http_replies_total").size() + 1);
}

TEST(Service, TellsEachNumberByItsOwnName) {
    HttpMetrics http;
    http.ready = true;
    http.connections = {1, 2};
    http.calls = {3, 4};
    http.streams = {5, 6};
    http.held_bytes = {7, 8};
    http.queued = 9;
    http.accepted = 10;
    http.evicted = 11;
    http.timed_out = 12;
    http.refused = 13;
    http.unread = 14;
    http.received_bytes = 15;
    http.sent_bytes = 16;
    Metrics metrics = with_http(http);
    metrics.streams = StreamMetrics{17, 18, 19, 20, duration_histogram()};
    metrics.maps = MapMetrics{21, 22, 23, 24, 25, 26, 27, duration_histogram()};
    std::pair<char const*, double> const wanted[] = {
        {"ready", 1},
        {"http_connections", 1},
        {"http_connections_limit", 2},
        {"http_requests_in_flight", 3},
        {"http_requests_in_flight_limit", 4},
        {"streams", 5},
        {"streams_limit", 6},
        {"http_held_bytes", 7},
        {"http_held_limit_bytes", 8},
        {"http_queued_requests", 9},
        {"http_accepted_connections_total", 10},
        {"http_evicted_connections_total", 11},
        {"http_timed_out_connections_total", 12},
        {"http_refused_requests_total", 13},
        {"http_unread_replies_total", 14},
        {"http_received_bytes_total", 15},
        {"http_sent_bytes_total", 16},
        {"streams_started_total", 17},
        {"streams_finished_total", 18},
        {"stream_trips_total", 20},
        {"map_tile_bytes_total", 25},
        {"map_scales_total", 26},
        {"map_tile_rows_total", 27},
    };
    for (auto const& [name, value] : wanted)
        EXPECT_EQ(lines_of(metrics, std::string("tessera_") + name).at("{}"), value) << name;
    std::map<std::string, double> const events{{"{event=\"window\",}", 19}, {"{event=\"end\",}", 18}};
    EXPECT_EQ(lines_of(metrics, "tessera_stream_events_total"), events);
    std::map<std::string, double> const tiles{{"{outcome=\"drawn\",}", 21},
                                              {"{outcome=\"blank\",}", 22},
                                              {"{outcome=\"not_modified\",}", 23},
                                              {"{outcome=\"failed\",}", 24}};
    EXPECT_EQ(lines_of(metrics, "tessera_map_tiles_total"), tiles);
}

}  // namespace
}  // namespace tessera::report
