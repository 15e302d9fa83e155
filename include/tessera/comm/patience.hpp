#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <thread>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/comm/doorbell.hpp"

namespace tessera::comm {

/// How long a waiting rank sleeps between two looks. MPI's own blocking calls never sleep: they look without end, take
/// a whole core for it, and keep the rank that they wait for from that core.
struct Patience {
    std::chrono::microseconds awake{50};     ///< it looks without sleeping at first: most waits are short
    std::chrono::microseconds longest{500};  ///< then it sleeps, longer and longer up to this
};

/// Local. Calls `look()` until it returns true, with longer and longer sleeps.
template <class Look>
void wait_patiently(Patience patience, Look&& look) {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::microseconds shortest{20};
    auto const start = Clock::now();
    for (auto sleep = shortest; !look();) {
        if (Clock::now() - start < patience.awake) continue;
        std::this_thread::sleep_for(std::min(sleep, patience.longest));
        sleep = std::min(sleep * 3 / 2, patience.longest);
    }
}

/// Collective. The root's bytes on every rank, as `broadcast_resized` brings them, for ranks that may wait for hours.
/// The root sends to its own node and to the leaders of the others, and leaders send to their nodes. A leader of
/// another node sleeps between looks (below 5 % of a core); all others sleep until the doorbell rings. Shape: fewer
/// than 2^31 bytes.
void broadcast_patiently(Communicator const& comm, Doorbell const& doorbell, std::vector<std::byte>& bytes);

}  // namespace tessera::comm
