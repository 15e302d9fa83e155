#pragma once
#include <boost/program_options.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/app/command.hpp"
#include "tessera/app/output_place.hpp"
#include "tessera/comm/communicator.hpp"
#include "tessera/report/timings.hpp"

namespace tessera::app {

namespace po = boost::program_options;

/// What is to be told of a run's stages: a table on standard error, or a file of JSON.
struct TimingsOption {
    bool wanted = false;
    std::optional<std::string> file;
};
/// Local. Adds --timings.
void add_timings_option(po::options_description& options);
/// Local. Reads it. Throws core::UsageError.
TimingsOption read_timings_option(po::variables_map const& values);
/// Local. The file among those that a command writes, where there is one.
void add_timings_file(TimingsOption const& option, std::vector<NamedFile>& outputs);

/// What the stages of a command take on this rank: time, and what it sends. Every rank has one, and goes through the
/// same stages. Nothing is sent before `tell`, so that watching changes nothing of what is watched.
class StageWatch {
  public:
    /// Local. `traffic` is what the communicator counts, and is kept. Unless it is wanted, nothing is watched.
    StageWatch(TimingsOption option, comm::Traffic const& traffic)
        : option_(std::move(option)), wanted_(option_.wanted), traffic_(traffic) {}

    /// Local. A stage begins, or goes on, and the one before it ends.
    void enter(std::string_view stage);
    /// Local. So much of this stage went into a part of it.
    void note_part(std::string_view part, double seconds);
    /// Local. A batch of requests of this stage is answered.
    void end_batch(std::uint64_t questions);
    /// Local. What was done in all, on the root.
    void note_work(std::uint64_t trips, std::uint64_t input_bytes) { trips_ = trips, input_bytes_ = input_bytes; }
    /// Collective. The last stage ends, and the root tells all of them, of a command that was launched so. Throws
    /// core::StageError where the file cannot be written.
    void tell(comm::Communicator const& comm, std::string_view command, Launch const& launch);
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
        std::vector<std::pair<std::string, double>> parts{};
    };
    void leave();

    TimingsOption option_;
    bool wanted_;
    comm::Traffic const& traffic_;
    std::uint64_t trips_ = 0, input_bytes_ = 0;
    std::vector<Stage> stages_;
    std::size_t stage_ = 0;  ///< which one we are in
    bool in_stage_ = false;
    Clock::time_point since_{};
    comm::Traffic sent_before_;
    comm::Sent batches_before_;  ///< since the stage began, or the last batch ended
};

}  // namespace tessera::app
