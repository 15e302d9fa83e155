#include "tessera/app/ingest_watch.hpp"

#include <algorithm>
#include <utility>

#include "tessera/app/rank_metrics.hpp"
#include "tessera/comm/run_local.hpp"

namespace tessera::app {

IngestWatch::IngestWatch(bool is_root, Launch const& launch, std::optional<MetricsOption> const& metrics)
    : progress_(is_root, launch), file_(is_root, metrics, "ingest") {
    metrics_.read.emplace();
    metrics_.ingest.emplace();
    metrics_.phases.push_back({"read", {}});
}

void IngestWatch::measure_phase() {
    if (in_phase_) metrics_.phases.back().duration = Clock::now() - phase_start_;
}

void IngestWatch::start(comm::Communicator const& comm) {
    metrics_.ranks = ask_ranks(comm, 0);
    measure_phase();
    comm::run_on_root(comm, "the metrics", [&] { file_.start(metrics_); });
}

void IngestWatch::show_reading(comm::Communicator const& comm, ReadSoFar const& so_far) {
    progress_.show("reading the input", so_far.bytes, metrics_.ingest->input_bytes);
    metrics_.read->bytes = so_far.bytes;
    metrics_.read->trips = so_far.kept;
    metrics_.ingest->counts = so_far.counts;
    metrics_.ranks = ask_ranks(comm, so_far.my_trips);
    measure_phase();
    if (file_.is_due()) file_.write(metrics_);
}

void IngestWatch::enter(comm::Communicator const& comm, std::string phase, std::string_view doing,
                        std::uint64_t my_trips) {
    measure_phase();
    metrics_.phases.push_back({std::move(phase), {}});
    phase_start_ = Clock::now();
    progress_.show(doing);
    metrics_.ranks = ask_ranks(comm, my_trips);
    file_.write(metrics_);  // due or not: it is a while until the next chance
}

void IngestWatch::end_phases() {
    measure_phase();
    in_phase_ = false;
    progress_.clear();
}

void IngestWatch::show_ledger(core::Ledger const& ledger) {
    metrics_.ingest->counts = core::total_of(ledger);
    metrics_.read->trips = {};
    metrics_.read->bytes = 0;
    for (core::FileLedger const& file : ledger) {
        metrics_.read->bytes += file.bytes;
        for (std::size_t i = 0; i < core::all_sources.size(); ++i)
            if (core::name_of(core::all_sources[i]) == file.format) metrics_.read->trips[i] += file.counts.kept;
    }
}

void IngestWatch::finish(comm::Communicator const& comm, std::uint64_t my_trips) {
    metrics_.ranks = ask_ranks(comm, my_trips);
    metrics_.ingest->success = true;
    file_.finish(metrics_);
}

double IngestWatch::seconds_of(std::string_view phase) const {
    double seconds = 0;
    for (report::PhaseMetrics const& each : metrics_.phases)
        if (phase.empty() || each.phase == phase) seconds += std::chrono::duration<double>(each.duration).count();
    return seconds;
}

}  // namespace tessera::app
