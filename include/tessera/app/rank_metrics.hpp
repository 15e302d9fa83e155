#pragma once
#include <cstdint>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/report/metrics.hpp"

namespace tessera::app {

/// Collective. What each rank holds, in the order of ranks, on every rank; `my_trips` are this rank's.
std::vector<report::RankMetrics> ask_ranks(comm::Communicator const& comm, std::uint64_t my_trips);

/// Collective. Adds what each rank may take of the memory of its container, or else of its host.
void ask_memory_limits(comm::Communicator const& comm, std::vector<report::RankMetrics>& ranks);

/// Collective. What all ranks together have read of a store: these columns of their tiles, `source` among them.
report::ReadMetrics sum_read(comm::Communicator const& comm, geo::LoadedTiles const& loaded, core::ColumnSet columns);

}  // namespace tessera::app
