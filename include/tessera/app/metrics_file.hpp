#pragma once
#include <boost/program_options.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "tessera/report/metrics.hpp"

namespace tessera::app {

namespace po = boost::program_options;

/// Where a run leaves its metrics, and how often.
struct MetricsOption {
    std::string path;
    std::chrono::nanoseconds every{};
};

/// Local. Adds --metrics and --metrics-every.
void add_metrics_option(po::options_description& options);
/// Local. Reads them. Throws core::UsageError, also for a name that the node exporter would not read.
std::optional<MetricsOption> read_metrics_option(po::variables_map const& values);

/// A file in Prometheus' text format that is replaced as a whole every few seconds. The work that it tells of comes
/// first: where it cannot be written any more, that is a note on standard error and no failure.
class MetricsFile {
  public:
    /// Local. Every rank has one; the root's is the one that is written, where it was asked for.
    MetricsFile(bool is_root, std::optional<MetricsOption> const& option, std::string command);

    /// Local. The first writing, before any work: throws core::DataError where the place does not take it.
    void start(report::Metrics metrics);
    /// Local. Whether it is time to write again. Cheap.
    bool is_due() const { return option_ && std::chrono::steady_clock::now() >= due_; }
    /// Local. Writes now.
    void write(report::Metrics metrics);
    /// Local. The last writing of a run that went well: it has a time of its end.
    void finish(report::Metrics metrics);

  private:
    void put(report::Metrics metrics);

    std::optional<MetricsOption> option_;  ///< nothing: never written
    report::RunMetrics run_;
    std::chrono::steady_clock::time_point due_{};
    bool failing_ = false;
};

}  // namespace tessera::app
