#pragma once
#include <boost/program_options.hpp>
#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/comm/communicator.hpp"

namespace tessera::app {

namespace po = boost::program_options;

/// How a command runs, whatever it does.
struct Launch {
    enum class Progress { automatic, always, never };
    int threads = 0;  ///< OpenMP threads of a rank; 0: as many as its cores allow
    Progress progress = Progress::automatic;
    int expect_ranks = 0;               ///< 0: any number
    std::chrono::seconds patience{60};  ///< until ranks that wait for each other are told of
    bool examines_launch = false;       ///< the command looks by itself whether it is as expected
    bool fits_one_rank = false;         ///< one rank is as good as many
    bool verify = false;                ///< a store is compared with all its checksums before it is used
    double started_at = 0;              ///< when MPI was ready, in seconds since 1970-01-01 UTC
    double start_up_s = 0;              ///< from the beginning of `main` to then
};

/// What a command line asks for, checked as far as one can without any data. The function is collective.
using Job = std::function<void(comm::Communicator const&, Launch const&)>;

/// One command: its words, and how its options become a job.
struct Command {
    std::string_view name;
    std::string_view arguments;  ///< as in its usage line: "CSV... --store FILE"
    std::string_view summary;    ///< one line
    std::string_view example;    ///< one command line
    void (*add_options)(po::options_description& options);
    /// Names of positional arguments, in order; the last one may repeat ("input" takes all that are left).
    std::string_view positional;
    bool repeats;
    /// Local. Throws core::UsageError for what the command line alone shows to be wrong.
    Job (*prepare)(po::variables_map const& values);
    bool examines_launch = false;  ///< so that it tells by itself that the launch is not what was expected
    bool fits_one_rank = false;    ///< so that nobody wonders when it runs on one
};

/// Local. All commands, in the order of `--help`.
std::span<Command const> commands();

/// Local. Each command describes itself; its job is collective.
Command ingest_command();
Command info_command();
Command aggregate_command();
Command range_command();
Command nearest_command();
Command answer_command();
Command heatmap_command();
Command tiles_command();
Command replay_command();
Command serve_command();
Command generate_command();
Command doctor_command();
Command size_command();

/// A command line, understood.
struct Invocation {
    enum class Kind { help, version, job };
    Kind kind = Kind::help;
    std::string text;  ///< of help
    Job job;
    Launch launch;
};

/// Local. Reads the command line. Throws core::UsageError.
Invocation read_command_line(std::vector<std::string> const& arguments);

}  // namespace tessera::app
