#include "tessera/app/replay_watch.hpp"

#include <span>
#include <utility>

#include "tessera/app/rank_metrics.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/civil_time.hpp"

namespace tessera::app {
namespace {

using namespace std::chrono_literals;

/// The line of progress changes no oftener than eyes can read.
constexpr std::chrono::nanoseconds line_every = 200ms;

}  // namespace

ReplayWatch::ReplayWatch(bool is_root, Launch const& launch, std::optional<MetricsOption> const& metrics)
    : progress_(is_root, launch), file_(is_root, metrics, "replay") {}

void ReplayWatch::measure_phase() {
    metrics_.phases.back().duration = Clock::now() - phase_start_;
}

void ReplayWatch::start(comm::Communicator const& comm) {
    metrics_.phases.push_back({"load", {}});
    metrics_.read.emplace();
    metrics_.replay.emplace();
    metrics_.ranks = ask_ranks(comm, 0);
    comm::run_on_root(comm, "the metrics", [&] { file_.start(metrics_); });
    progress_.show("reading trips");
}

void ReplayWatch::enter_replay(comm::Communicator const& comm, geo::LoadedTiles const& loaded,
                               core::ColumnSet columns) {
    metrics_.read = sum_read(comm, loaded, columns);
    metrics_.ranks = ask_ranks(comm, geo::trip_count(loaded.tiles));
    measure_phase();
    metrics_.phases.push_back({"replay", {}});
    phase_start_ = Clock::now();
    file_.write(metrics_);
}

void ReplayWatch::show(query::WindowGrid const& grid, report::ReplayMetrics const& so_far) {
    if (auto const now = Clock::now(); now >= line_due_) {
        progress_.show("replaying " + core::format_wall_time(grid.from(so_far.windows)), so_far.windows, grid.windows);
        line_due_ = now + line_every;
    }
    metrics_.replay = so_far;
    if (!file_.is_due()) return;
    measure_phase();
    file_.write(metrics_);
}

void ReplayWatch::finish(comm::Communicator const& comm, geo::LoadedTiles const& loaded) {
    metrics_.ranks = ask_ranks(comm, geo::trip_count(loaded.tiles));
    measure_phase();
    file_.finish(metrics_);
}

}  // namespace tessera::app
