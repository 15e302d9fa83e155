#include "tessera/desk/metrics_board.hpp"

#include <utility>

#include "tessera/report/prometheus.hpp"

namespace tessera::desk {

MetricsBoard::MetricsBoard(report::RunMetrics run) {
    metrics_.run = std::move(run);
    // All of it from the start, at 0, so that the first increase is seen.
    metrics_.requests.emplace();
    metrics_.streams.emplace();
    metrics_.maps.emplace();
}

std::string MetricsBoard::text(report::HttpMetrics http) const {
    report::Metrics metrics;
    {
        std::lock_guard const lock(mutex_);
        metrics = metrics_;
    }
    metrics.run.written = report::WallClock::now();
    metrics.http = std::move(http);
    return report::prometheus_text(metrics);
}

}  // namespace tessera::desk
