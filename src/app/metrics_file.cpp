#include "tessera/app/metrics_file.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <ostream>
#include <utility>

#include "tessera/app/option_values.hpp"
#include "tessera/core/error.hpp"
#include "tessera/report/prometheus.hpp"
#include "tessera/report/write_file.hpp"
#include "version.hpp"

namespace tessera::app {

void add_metrics_option(po::options_description& options) {
    options.add_options()  //
        ("metrics", po::value<std::string>()->value_name("FILE.prom"),
         "write metrics for Prometheus' node exporter while it runs")  //
        ("metrics-every", po::value<std::string>()->default_value("5")->value_name("SECONDS"),
         "the least time between two writings of them");
}

std::optional<MetricsOption> read_metrics_option(po::variables_map const& values) {
    auto const path = read_text(values, "metrics");
    double const every_s = *read_real(values, "metrics-every", 0, 86'400);
    if (!path) return std::nullopt;
    if (std::filesystem::path(*path).extension() != ".prom")
        throw core::UsageError(fmt::format(
            "--metrics {}: must end in .prom; the node exporter's textfile collector reads no other files", *path));
    return MetricsOption{*path,
                         std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(every_s))};
}

MetricsFile::MetricsFile(bool is_root, std::optional<MetricsOption> const& option, std::string command) {
    if (is_root) option_ = option;
    if (!option_) return;
    run_.run = std::filesystem::path(option_->path).stem();  // no two files of a folder have the same
    run_.command = std::move(command);
    run_.version = program_version;
    run_.started = report::WallClock::now();
}

void MetricsFile::put(report::Metrics metrics) {
    run_.written = report::WallClock::now();
    metrics.run = run_;
    std::string const text = report::prometheus_text(metrics);
    report::replace_file(option_->path, [&](std::ostream& out) { out << text; });
    due_ = std::chrono::steady_clock::now() + option_->every;
}

void MetricsFile::start(report::Metrics metrics) {
    if (!option_) return;
    std::error_code error;
    auto const status = std::filesystem::status(option_->path, error);
    if (std::filesystem::exists(status) &&
        !std::filesystem::is_regular_file(status))  // opening a pipe may wait forever
        throw core::DataError(
            core::describe({option_->path, 0, "", ""}, "--metrics is no regular file", "name another"));
    put(std::move(metrics));
}

void MetricsFile::write(report::Metrics metrics) {
    if (!option_) return;
    try {
        put(std::move(metrics));
        failing_ = false;
    } catch (std::exception const& error) {
        due_ = std::chrono::steady_clock::now() + option_->every;
        if (!std::exchange(failing_, true))
            fmt::print(stderr, "note: --metrics: {}; the work goes on without them\n", error.what());
    }
}

void MetricsFile::finish(report::Metrics metrics) {
    run_.finished = report::WallClock::now();
    write(std::move(metrics));
}

}  // namespace tessera::app
