#pragma once
#include "tessera/comm/communicator.hpp"

namespace tessera::comm {

/// Collective. Threads this rank should use: the cores it may run on (affinity, and the container's CPU quota), divided
/// by the ranks of its node that may run on the same cores; at least 1.
int threads_for_this_rank(Communicator const& comm);

/// Local. Cores that a cgroup quota allows this process, rounded up; 0 when there is no quota. `root` is where the
/// cgroup file system is mounted.
int cores_by_quota(char const* root = "/sys/fs/cgroup");

}  // namespace tessera::comm
