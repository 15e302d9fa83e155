#pragma once
#include "tessera/comm/communicator.hpp"

namespace tessera::comm {

/// Collective. Threads this rank should use: the cores it may run on (affinity, and the container's CPU quota), divided
/// by the ranks of its node that may run on the same cores; at least 1.
int threads_for_this_rank(Communicator const& comm);

/// Collective. The root's process as this node knows it; 0 where the root is on another node.
int process_of_root(Communicator const& comm);

/// Collective. On how many nodes the ranks are.
int count_nodes(Communicator const& comm);

}  // namespace tessera::comm
