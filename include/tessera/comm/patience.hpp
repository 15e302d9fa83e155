#pragma once
#include <chrono>
#include <cstddef>
#include <vector>

#include "tessera/comm/communicator.hpp"

namespace tessera::comm {

/// How long a waiting rank sleeps between two looks. MPI's own blocking calls never sleep: they look without end, and
/// take a whole core for it.
struct Patience {
    std::chrono::microseconds awake{50};     ///< it looks without sleeping at first: most waits are short
    std::chrono::microseconds longest{200};  ///< then it sleeps, longer and longer up to this
};

/// Collective. The root's bytes on every rank, as `broadcast_resized` brings them, for ranks that may wait for hours:
/// the root sends at once, the others sleep between looks (about 2 % of a core) and hear of it within some 0.3 ms.
void broadcast_patiently(Communicator const& comm, std::vector<std::byte>& bytes, Patience patience = {});

}  // namespace tessera::comm
