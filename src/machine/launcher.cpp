#include "tessera/machine/launcher.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <fstream>

namespace tessera::machine {
namespace {

using Variable = std::function<std::optional<std::string>(std::string const&)>;

int as_count(std::optional<std::string> const& text) {
    int count = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), count);
    return count;
}

/// Lines are "host slots=2" or a bare host; comments begin with #.
int slots_of(std::string const& hostfile) {
    std::ifstream lines(hostfile);
    int slots = 0;
    for (std::string line; std::getline(lines, line);) {
        line.erase(std::min(line.find('#'), line.size()));
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        auto const given = line.find("slots=");
        slots += given == std::string::npos ? 1 : std::max(1, as_count(line.substr(given + 6)));
    }
    return slots;
}

}  // namespace

std::optional<MeantLaunch> find_meant_launch(Variable const& variable) {
    // The innermost first: mpirun within a Slurm job has the last word.
    if (int const ranks = as_count(variable("OMPI_COMM_WORLD_SIZE")); ranks > 0)
        return MeantLaunch{ranks, fmt::format("OMPI_COMM_WORLD_SIZE={}", ranks),
                           "mpirun is of another MPI than this program; use the one of Open MPI 4 (tessera --version)"};
    bool const by_srun = variable("SLURM_PROCID").has_value() && variable("SLURM_STEP_ID").has_value();
    if (int const ranks = by_srun ? as_count(variable("SLURM_STEP_NUM_TASKS")) : 0; ranks > 0)
        return MeantLaunch{ranks, fmt::format("SLURM_STEP_NUM_TASKS={}", ranks), "srun --mpi=pmix -K1 tessera ..."};
    for (char const* const name : {"SLURM_NTASKS", "SLURM_NPROCS"})
        if (int const ranks = as_count(variable(name)); ranks > 0)
            return MeantLaunch{ranks, fmt::format("{}={}", name, ranks), "srun --mpi=pmix -K1 tessera ..."};
    for (char const* const name : {"OMPI_MCA_orte_default_hostfile", "PRTE_MCA_prte_default_hostfile"})
        if (auto const file = variable(name))
            if (int const ranks = slots_of(*file); ranks > 0)
                return MeantLaunch{ranks, fmt::format("{} ({} has {} slots)", name, *file, ranks),
                                   fmt::format("mpirun -n {} --bind-to none tessera ...", ranks)};
    return std::nullopt;
}

std::optional<MeantLaunch> find_meant_launch() {
    return find_meant_launch([](std::string const& name) -> std::optional<std::string> {
        char const* const value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    });
}

}  // namespace tessera::machine
