#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "answer_options.hpp"
#include "tessera/app/progress.hpp"
#include "tessera/feed/sink.hpp"
#include "tessera/reduce/parts.hpp"
#include "tessera/report/latency_summary.hpp"

namespace tessera::app {

/// What the requests of a run cost: the latency log, the summary, the metrics, the line of progress. The root has it.
class AnswerAccount {
  public:
    /// Local. Throws core::DataError where a file cannot be written. `metrics`: what is known before the first request,
    /// each rank among it.
    AnswerAccount(AnswerOptions const& options, Launch const& launch, report::Metrics metrics);

    /// Local. One request, whose answer has been handed over.
    void add(request::Answered const& answered);
    /// Local. The end of a batch: so many requests, so many bytes of answers, and how the ranks are doing.
    void end_batch(std::uint64_t requests, std::uint64_t bytes, std::vector<reduce::RankLoad> const& loads);
    /// Local. Writes what is due while nothing comes.
    void pause();
    /// Local. The end of a run that went well: the summary on standard error, the files finished.
    void finish(bool was_stopped);

  private:
    using Clock = std::chrono::steady_clock;

    report::LatencySummary summary_;
    report::Metrics metrics_;
    MetricsFile metrics_file_;
    Progress progress_;
    std::unique_ptr<feed::Sink> log_;
    std::string log_text_;
    std::uint64_t requests_ = 0;
    Clock::time_point start_ = Clock::now();
    Clock::time_point shown_{};
};

}  // namespace tessera::app
