#pragma once
#include <vector>

#include "tessera/comm/communicator.hpp"

namespace tessera::comm {

/// How a host's clock differs from the root's.
struct ClockOffset {
    double ahead_s = 0;      ///< so far it is ahead
    double uncertain_s = 0;  ///< give or take: half of the quickest way there and back
};

/// Collective. Compares the clock of each rank that asks for it with the root's; on the root one entry a rank, of zeros
/// for those that do not (it is enough to ask for one rank of a host), nothing elsewhere.
std::vector<ClockOffset> compare_clocks(Communicator const& comm, bool asks);

}  // namespace tessera::comm
