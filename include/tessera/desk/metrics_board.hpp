#pragma once
#include <mutex>
#include <string>

#include "tessera/report/metrics.hpp"

namespace tessera::desk {

/// What a service tells of itself. The main thread brings it up to date, and the server's tells it: who asks for it
/// does not wait for the requests before him.
class MetricsBoard {
  public:
    explicit MetricsBoard(report::RunMetrics run);

    /// Local, any thread. Changes some of it, as one. Shape: `change` takes report::Metrics&, and is quick.
    template <class Change>
    void change(Change const& change) {
        std::lock_guard const lock(mutex_);
        change(metrics_);
    }
    /// Local, any thread. All of it in Prometheus' format, with how the server is doing.
    std::string text(report::HttpMetrics http) const;

  private:
    std::mutex mutable mutex_;
    report::Metrics metrics_;
};

}  // namespace tessera::desk
