#include "tessera/comm/placement.hpp"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string_view>
#include <vector>

#include "tessera/comm/check.hpp"
#include "tessera/comm/collective_check.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/machine/cgroup.hpp"

namespace tessera::comm {
namespace {

cpu_set_t allowed_cores() {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    if (sched_getaffinity(0, sizeof mask, &mask) != 0) CPU_SET(0, &mask);
    return mask;
}

}  // namespace

int threads_for_this_rank(Communicator const& comm) {
    Communicator const node = split_by_node(comm);
    cpu_set_t mine = allowed_cores();
    std::vector<cpu_set_t> all(static_cast<std::size_t>(node.size()));
    check_same_collective(node, "threads_for_this_rank");
    check(MPI_Allgather(&mine, sizeof mine, MPI_BYTE, all.data(), sizeof mine, MPI_BYTE, node.handle()),
          "MPI_Allgather");
    int const sharing = static_cast<int>(std::count_if(all.begin(), all.end(), [&](cpu_set_t const& other) {
        cpu_set_t both;
        CPU_AND(&both, &mine, &other);
        return CPU_COUNT(&both) > 0;
    }));
    int cores = CPU_COUNT(&mine) / std::max(1, sharing);
    // A quota is the container's: all its ranks share it, whatever cores they are bound to.
    if (double const quota = machine::read_cgroup_limits().cores; quota > 0)
        cores = std::min(cores, static_cast<int>(std::ceil(quota)) / node.size());
    return std::max(1, cores);
}

int process_of_root(Communicator const& comm) {
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    auto const mine = static_cast<std::int64_t>(std::hash<std::string_view>{}(name.data()));
    std::array<std::int64_t, 2> roots{mine, ::getpid()};
    broadcast(comm, std::span<std::int64_t>(roots));
    return roots[0] == mine ? static_cast<int>(roots[1]) : 0;
}

int count_nodes(Communicator const& comm) {
    Communicator const node = split_by_node(comm);
    return allreduce(comm, Reduction::sum, std::int32_t{node.is_root() ? 1 : 0});
}

}  // namespace tessera::comm
