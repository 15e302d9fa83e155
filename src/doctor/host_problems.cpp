#include <fmt/format.h>

#include <cmath>

#include "problems.hpp"

namespace tessera::doctor {
namespace {

using Kind = Problem::Kind;

constexpr std::uint64_t mib = 1 << 20;
/// What Open MPI lays out in /dev/shm for each rank: a segment of 4 MiB, and as much again for windows.
constexpr std::uint64_t shm_a_rank = 8 * mib;
/// MPI, HDF5 and the program take 40 MB; a rank that has less than this has no room for trips.
constexpr std::uint64_t least_memory_a_rank = 128 * mib;
/// What file systems, make and metrics forgive.
constexpr double clock_tolerance_s = 0.1;

}  // namespace

void find_crowded_cores(Host const& host, Problems& problems) {
    int const cores = usable_cores(host), threads = threads_of(host);
    auto const ranks = static_cast<int>(host.ranks.size());
    if (cores == 0 || threads <= cores) {
        for (RankReport const* const rank : host.ranks)
            if (!rank->facts.cores.empty() && rank->threads > static_cast<int>(rank->facts.cores.size()))
                return problems.push_back(
                    {Kind::warning,
                     fmt::format("{}: rank {} is bound to {} of its cores, and has {} threads", host.name(), rank->rank,
                                 rank->facts.cores.size(), rank->threads),
                     "mpirun --bind-to none; in Slurm: srun --cpus-per-task N"});
        return;
    }
    problems.push_back({Kind::warning,
                        fmt::format("{}: {} {} {}, and may use {}", host.name(), plural(ranks, "rank"),
                                    ranks == 1 ? "has" : "have", plural(threads, "thread"), plural(cores, "core")),
                        ranks > cores ? fmt::format("start at most {} a host: mpirun --map-by ppr:{}:node; in Slurm: "
                                                    "--ntasks-per-node={}",
                                                    plural(cores, "rank"), cores, cores)
                                      : fmt::format("--threads {}", cores / ranks)});
}

void find_idle_cores(Host const& host, Problems& problems) {
    int const cores = usable_cores(host), threads = threads_of(host);
    int const on_line = host.first().facts.cores_of_host;
    bool const quota = host.first().facts.cgroup.cores > 0;
    if (threads < cores)
        problems.push_back(
            {Kind::warning,
             fmt::format("{}: {} of {} usable cores have no thread", host.name(), cores - threads, cores),
             "start more ranks, or unset OMP_NUM_THREADS and leave --threads away"});
    else if (!quota && cores < on_line && threads <= cores)
        problems.push_back({Kind::warning,
                            fmt::format("{}: ranks are bound to {} of {} cores", host.name(), cores, on_line),
                            "if all are meant to work: mpirun --bind-to none; in Slurm: --cpus-per-task"});
}

void find_little_memory(Host const& host, Problems& problems) {
    std::uint64_t const at_hand = machine::memory_at_hand(host.first().facts);
    if (at_hand == 0 || at_hand >= host.ranks.size() * least_memory_a_rank) return;
    problems.push_back(
        {Kind::warning,
         fmt::format("{}: {} MiB of memory for {}", host.name(), at_hand / mib, plural(host.ranks.size(), "rank")),
         "raise the container's memory limit (resources.limits.memory; sbatch --mem), or use more hosts"});
}

void find_little_shm(Host const& host, Problems& problems) {
    machine::Facts const& facts = host.first().facts;
    std::uint64_t const wanted = host.ranks.size() * shm_a_rank;
    if (host.ranks.size() < 2) return;
    // Open MPI has its segments already, or went without them: what is left counts only where nothing is.
    if (facts.shm_bytes >= wanted && facts.shm_free_bytes < mib)
        return problems.push_back({Kind::warning,
                                   fmt::format("{}: /dev/shm is full ({} MiB)", host.name(), facts.shm_bytes / mib),
                                   "remove what ended jobs have left there (ls -l /dev/shm), or make it larger"});
    if (facts.shm_bytes >= wanted) return;
    problems.push_back({Kind::warning,
                        fmt::format("{}: /dev/shm has {} MiB, and {} ranks want {}", host.name(), facts.shm_bytes / mib,
                                    host.ranks.size(), wanted / mib),
                        "mount an emptyDir of medium Memory at /dev/shm (podman, docker: --shm-size=1g)"});
}

void find_refused_copies(Host const& host, Problems& problems) {
    for (RankReport const* const rank : host.ranks) {
        if (!rank->single_copy_refused || rank->mpi.single_copy != "cma") continue;
        return problems.push_back(
            {Kind::broken,
             fmt::format("{}: rank {} may not read the memory of its neighbour ({}), and Open MPI wants to",
                         host.name(), rank->rank, rank->single_copy_reason),
             "mpirun --mca btl_vader_single_copy_mechanism none, or the capability SYS_PTRACE for the container"});
    }
}

void find_wrong_clock(Host const& host, Problems& problems) {
    RankReport const& first = host.first();
    if (std::abs(first.clock_ahead_s) <= clock_tolerance_s + first.clock_uncertain_s) return;
    problems.push_back({Kind::warning,
                        fmt::format("{}: its clock is {:.1f} s {} that of rank 0", host.name(),
                                    std::abs(first.clock_ahead_s), first.clock_ahead_s > 0 ? "ahead of" : "behind"),
                        "let the hosts keep time by NTP (chrony, systemd-timesyncd)"});
}

}  // namespace tessera::doctor
