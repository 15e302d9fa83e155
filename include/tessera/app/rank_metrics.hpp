#pragma once
#include <cstdint>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/report/metrics.hpp"

namespace tessera::app {

/// Collective. What each rank holds, in the order of ranks, on every rank; `my_trips` are this rank's.
std::vector<report::RankMetrics> ask_ranks(comm::Communicator const& comm, std::uint64_t my_trips);

}  // namespace tessera::app
