#pragma once
#include <boost/program_options.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/report/timings.hpp"

namespace tessera::app {

namespace po = boost::program_options;

/// Local. Adds --timings.
void add_timings_option(po::options_description& options);
/// Local. Whether it is given.
bool read_timings_option(po::variables_map const& values);

/// What the stages of a command take on this rank: time, and what it sends. Every rank has one, and goes through the
/// same stages. Nothing is sent before `tell`, so that watching changes nothing of what is watched.
class StageWatch {
  public:
    /// Local. `traffic` is what the communicator counts, and is kept. Unless it is wanted, nothing is watched.
    StageWatch(bool wanted, comm::Traffic const& traffic) : wanted_(wanted), traffic_(traffic) {}

    /// Local. A stage begins, or goes on, and the one before it ends.
    void enter(std::string_view stage);
    /// Local. A batch of requests of this stage is answered.
    void end_batch(std::uint64_t questions);
    /// Collective. The last stage ends, and the root tells all on standard error.
    void tell(comm::Communicator const& comm);
    /// Collective. What `tell` tells, on every rank: the stages, and all of them together, "all".
    std::vector<report::StageTiming> sum_up(comm::Communicator const& comm);

  private:
    using Clock = std::chrono::steady_clock;
    struct Stage {
        std::string name;
        Clock::duration duration{};
        comm::Traffic sent;
        std::uint64_t batches = 0;
        std::uint64_t questions = 0;
        comm::Sent in_batches;
    };
    void leave();

    bool wanted_;
    comm::Traffic const& traffic_;
    std::vector<Stage> stages_;
    std::size_t stage_ = 0;  ///< which one we are in
    bool in_stage_ = false;
    Clock::time_point since_{};
    comm::Traffic sent_before_;
    comm::Sent batches_before_;  ///< since the stage began, or the last batch ended
};

}  // namespace tessera::app
