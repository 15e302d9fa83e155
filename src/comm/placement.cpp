#include "tessera/comm/placement.hpp"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "tessera/comm/check.hpp"
#include "tessera/comm/collective_check.hpp"

namespace tessera::comm {
namespace {

cpu_set_t allowed_cores() {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    if (sched_getaffinity(0, sizeof mask, &mask) != 0) CPU_SET(0, &mask);
    return mask;
}

int rounded_up(double quota, double period) {
    return quota > 0 && period > 0 ? std::max(1, static_cast<int>(std::ceil(quota / period))) : 0;
}

}  // namespace

int cores_by_quota(char const* root) {
    std::string const top = root;
    std::string quota;
    double period = 0;
    if (std::ifstream version2(top + "/cpu.max"); version2 >> quota >> period)
        return rounded_up(std::strtod(quota.c_str(), nullptr), period);  // "max" is no number, hence 0
    double quota1 = 0;
    std::ifstream quota_file(top + "/cpu/cpu.cfs_quota_us"), period_file(top + "/cpu/cpu.cfs_period_us");
    if (quota_file >> quota1 && period_file >> period) return rounded_up(quota1, period);
    return 0;
}

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
    if (int const quota = cores_by_quota(); quota > 0) cores = std::min(cores, quota / node.size());
    return std::max(1, cores);
}

}  // namespace tessera::comm
