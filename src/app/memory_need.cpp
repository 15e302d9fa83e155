#include "tessera/app/memory_need.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <functional>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"
#include "tessera/machine/facts.hpp"

namespace tessera::app {
namespace {

/// What gzip makes of such text is a fifth.
constexpr double gzip_gain = 5;
constexpr double mib = 1 << 20;
constexpr char const* remedy =
    "raise it (sbatch --mem; resources.limits.memory: MEMORY of mpi-operator/size.env), or spread the ranks over more "
    "hosts";

/// The ranks of this host that share this rank's limit.
struct Sharers {
    int ranks = 0;
    std::uint64_t bytes = 0;  ///< that they need together
};

/// Collective.
Sharers add_up_sharers(comm::Communicator const& comm, MemoryLimit const& mine, std::uint64_t my_bytes) {
    comm::Communicator const node = comm::split_by_node(comm);
    std::uint64_t const my_group = std::hash<std::string>()(mine.group);
    auto const groups = comm::allgather(node, my_group), bytes = comm::allgather(node, my_bytes);
    Sharers sharers;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (groups[i] != my_group) continue;
        ++sharers.ranks;
        sharers.bytes += bytes[i];
    }
    return sharers;
}

/// Collective. Where nobody has a limit there is nothing to look at.
bool any_limit(comm::Communicator const& comm, MemoryLimit const& mine) {
    return comm::allreduce(comm, comm::Reduction::max, mine.bytes) > 0;
}

}  // namespace

MemoryLimit find_memory_limit() {
    machine::Facts const facts = machine::read_facts();
    if (facts.cgroup.memory_bytes == 0) return {};
    std::uint64_t const swap = std::min(facts.swap_bytes, facts.cgroup.swap_bytes.value_or(facts.swap_bytes));
    return {facts.cgroup.memory_bytes + swap, facts.cgroup.memory_group.string()};
}

double guess_trips(std::vector<ingest::InputFile> const& files) {
    double trips = 0;
    for (ingest::InputFile const& file : files)
        trips += static_cast<double>(file.bytes) * (file.gzip ? gzip_gain : 1) / std::max(file.line_bytes, 1.0);
    return trips;
}

std::uint64_t text_between_looks(comm::Communicator const& comm, MemoryLimit const& mine) {
    if (!any_limit(comm, mine)) return ~std::uint64_t{0};
    Sharers const sharers = add_up_sharers(comm, mine, 0);
    if (mine.bytes == 0) return ~std::uint64_t{0};
    // A trip takes up to twice the memory of its text.
    return std::max(mine.bytes / static_cast<std::uint64_t>(sharers.ranks) / 16, std::uint64_t{1} << 20);
}

void require_memory(comm::Communicator const& comm, MemoryLimit const& mine, std::string_view doing,
                    std::uint64_t my_bytes) {
    if (!any_limit(comm, mine)) return;
    Sharers const sharers = add_up_sharers(comm, mine, my_bytes);
    comm::run_local(comm, doing, [&] {
        if (mine.bytes == 0 || sharers.bytes <= mine.bytes) return;
        throw core::DataError(
            fmt::format("{}: {} rank{} {:.0f} MiB of memory at the least, and the limit of the container or job "
                        "is {:.0f} MiB; {}",
                        machine::read_facts().host, sharers.ranks, sharers.ranks == 1 ? " needs" : "s need",
                        static_cast<double>(sharers.bytes) / mib, static_cast<double>(mine.bytes) / mib, remedy));
    });
}

std::uint64_t share_of_memory(comm::Communicator const& comm, MemoryLimit const& mine, std::uint64_t host_bytes) {
    auto const ranks = static_cast<std::uint64_t>(add_up_sharers(comm, mine, 0).ranks);
    bool const is_limited = mine.bytes > 0 && (host_bytes == 0 || mine.bytes < host_bytes);
    return (is_limited ? mine.bytes : host_bytes) / ranks;
}

void note_memory(comm::Communicator const& comm, MemoryLimit const& mine, std::string_view doing, double my_bytes) {
    if (!any_limit(comm, mine)) return;
    Sharers const sharers = add_up_sharers(comm, mine, static_cast<std::uint64_t>(my_bytes));
    bool const more = mine.bytes > 0 && sharers.bytes > mine.bytes;
    // Of several hosts that have too little, the worst need and the lowest limit: they are alike as a rule.
    auto const need = comm::allreduce(comm, comm::Reduction::max, more ? sharers.bytes : 0);
    auto const limit = comm::allreduce(comm, comm::Reduction::min, more ? mine.bytes : ~std::uint64_t{0});
    if (comm.is_root() && need > 0)
        fmt::print(
            stderr,
            "note: {} takes some {:.0f} MiB a host as a rule, and the limit of the container or job is {:.0f} MiB; if "
            "a rank is killed, {}\n",
            doing, static_cast<double>(need) / mib, static_cast<double>(limit) / mib, remedy);
}

}  // namespace tessera::app
