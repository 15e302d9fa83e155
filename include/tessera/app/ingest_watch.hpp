#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tessera/app/metrics_file.hpp"
#include "tessera/app/progress.hpp"
#include "tessera/app/read_inputs.hpp"

namespace tessera::app {

/// What is seen of an ingest while it runs: the line of progress, the phases' times, the metrics. Nothing of it bears
/// on the result.
class IngestWatch {
  public:
    /// Local. The first phase, reading, begins.
    IngestWatch(bool is_root, Launch const& launch, std::optional<MetricsOption> const& metrics);

    /// Collective. The metrics file says from now on that an ingest is under way. Throws core::StageError where it
    /// cannot be written.
    void start(comm::Communicator const& comm);
    /// Local. There is so much to read.
    void expect(std::uint64_t input_bytes) { metrics_.ingest->input_bytes = input_bytes; }
    /// Collective. How far reading has come.
    void show_reading(comm::Communicator const& comm, ReadSoFar const& so_far);
    /// Collective. One phase ends and another begins; `my_trips` are this rank's. Shapes: `phase` is one word.
    void enter(comm::Communicator const& comm, std::string phase, std::string_view doing, std::uint64_t my_trips);
    /// Local. The last phase is over, and the line of progress goes away.
    void end_phases();
    /// Local. The numbers of a whole ledger take the place of those so far.
    void show_ledger(core::Ledger const& ledger);
    /// Collective. All is done, and went well.
    void finish(comm::Communicator const& comm, std::uint64_t my_trips);

    /// Local. How long a phase took; all of them together for "".
    double seconds_of(std::string_view phase) const;

  private:
    using Clock = std::chrono::steady_clock;
    void measure_phase();

    Progress progress_;
    MetricsFile file_;
    report::Metrics metrics_;
    Clock::time_point phase_start_ = Clock::now();
    bool in_phase_ = true;
};

}  // namespace tessera::app
