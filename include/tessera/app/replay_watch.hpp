#pragma once
#include <chrono>
#include <optional>

#include "tessera/app/metrics_file.hpp"
#include "tessera/app/progress.hpp"
#include "tessera/comm/communicator.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/query/window_grid.hpp"

namespace tessera::app {

/// What is seen of a replay beside its output: the line of progress, and the metrics. Nothing of it bears on the
/// result.
class ReplayWatch {
  public:
    /// Local.
    ReplayWatch(bool is_root, Launch const& launch, std::optional<MetricsOption> const& metrics);

    /// Collective. Trips are being read from now on. Throws core::StageError where the metrics cannot be written.
    void start(comm::Communicator const& comm);
    /// Collective. They are read, these columns of them, and the replay itself begins.
    void enter_replay(comm::Communicator const& comm, geo::LoadedTiles const& loaded, core::ColumnSet columns);
    /// Local. How far the replay has come; cheap where nothing has to be shown now.
    void show(query::WindowGrid const& grid, report::ReplayMetrics const& so_far);
    /// Local. Before something else is written to the terminal.
    void clear_line() { progress_.clear(); }
    /// Collective. All is done, and went well.
    void finish(comm::Communicator const& comm, geo::LoadedTiles const& loaded);

  private:
    using Clock = std::chrono::steady_clock;
    void measure_phase();

    Progress progress_;
    MetricsFile file_;
    report::Metrics metrics_;
    Clock::time_point phase_start_ = Clock::now();
    Clock::time_point line_due_{};
};

}  // namespace tessera::app
