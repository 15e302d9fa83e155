#pragma once
#include <functional>
#include <optional>
#include <string>

namespace tessera::machine {

/// What started this process meant to start, as far as its environment tells.
struct MeantLaunch {
    int ranks = 1;
    std::string told_by;  ///< "SLURM_NTASKS=4"
    std::string remedy;   ///< how to start them all
};

/// Local. Where the environment speaks of several ranks (a Slurm job, an MPIJob's hostfile, mpirun): how many, and how
/// to get them. `variable` returns an environment variable's value, or nothing.
std::optional<MeantLaunch> find_meant_launch(
    std::function<std::optional<std::string>(std::string const&)> const& variable);

/// Local. The same of this process' own environment.
std::optional<MeantLaunch> find_meant_launch();

}  // namespace tessera::machine
