#include "answer_account.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "tessera/report/latency_log.hpp"

namespace tessera::app {

AnswerAccount::AnswerAccount(AnswerOptions const& options, Launch const& launch, report::Metrics metrics)
    : metrics_(std::move(metrics)), metrics_file_(true, options.metrics, "answer"), progress_(true, launch) {
    metrics_.phases.push_back({"answer", {}});
    metrics_.requests.emplace();
    for (report::RankMetrics& rank : metrics_.ranks)
        rank.busy = std::chrono::nanoseconds{};
    metrics_file_.start(metrics_);
    if (!options.latency) return;
    log_ = feed::open_sink(*options.latency);
    log_->put(fmt::format("{}\n", report::latency_columns));
}

void AnswerAccount::add(request::Answered const& answered) {
    ++requests_;
    summary_.add(answered);
    metrics_.requests->add(answered);
    if (log_) report::append_latency(log_text_, answered);
}

void AnswerAccount::end_batch(std::uint64_t requests, std::uint64_t bytes, std::vector<reduce::RankLoad> const& loads) {
    metrics_.requests->add_batch(requests, bytes);
    for (std::size_t rank = 0; rank < loads.size(); ++rank) {
        if (loads[rank].resident_bytes == 0) continue;  // it has told nothing yet
        metrics_.ranks[rank].resident_bytes = loads[rank].resident_bytes;
        metrics_.ranks[rank].busy = std::chrono::nanoseconds(loads[rank].busy_ns);
    }
    if (log_) {
        log_->put(log_text_);
        log_text_.clear();
    }
    pause();
}

void AnswerAccount::pause() {
    constexpr std::chrono::milliseconds between_shows{200};
    auto const now = Clock::now();
    if (now - shown_ >= between_shows) {
        progress_.show(fmt::format("{} requests answered", requests_));
        shown_ = now;
    }
    if (metrics_file_.is_due()) {
        metrics_.phases.back().duration = now - start_;
        metrics_file_.write(metrics_);
    }
}

void AnswerAccount::finish(bool was_stopped) {
    auto const elapsed = Clock::now() - start_;
    metrics_.phases.back().duration = elapsed;
    metrics_file_.finish(metrics_);
    if (log_) log_->finish();
    progress_.clear();
    if (was_stopped)
        fmt::print(stderr, "stopped by a signal; all {} requests that were taken are answered\n", requests_);
    fmt::print(stderr, "{}", summary_.text(elapsed));
}

}  // namespace tessera::app
