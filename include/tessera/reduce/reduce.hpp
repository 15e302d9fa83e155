#pragma once
#include <cstdint>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/query/aggregate.hpp"
#include "tessera/query/nearest.hpp"
#include "tessera/query/range.hpp"

namespace tessera::reduce {

/// Collective. The groups over all ranks, on the root; empty elsewhere. Shape: every rank's groups answer one question.
query::Groups reduce_groups(comm::Communicator const& comm, query::Groups local);

/// Collective. The answer over all ranks: `matched` on every rank, the first `limit` matches on the root alone.
query::RangeAnswer reduce_range(comm::Communicator const& comm, query::RangeAnswer local, std::uint64_t limit);

/// Collective. The k nearest over all ranks, on every rank.
std::vector<query::Neighbour> reduce_nearest(comm::Communicator const& comm, std::vector<query::Neighbour> const& local,
                                             std::size_t k);

/// Collective. The sum of the ranks' pixel counts, on the root; undefined elsewhere. Shape: the same on every rank.
void reduce_pixels(comm::Communicator const& comm, std::vector<std::uint64_t>& counts);

}  // namespace tessera::reduce
