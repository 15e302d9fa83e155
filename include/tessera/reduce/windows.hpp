#pragma once
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/query/window_counts.hpp"

namespace tessera::reduce {

/// Collective. Each window's counts over all ranks, on the root; nothing elsewhere. Shape: the same windows on every
/// rank, and no tile on two.
std::vector<query::WindowCounts> reduce_windows(comm::Communicator const& comm,
                                                std::vector<query::WindowCounts> const& local);

/// The earliest and the latest pick-up of some trips.
struct TimeSpan {
    bool empty = true;
    core::WallTime first{};
    core::WallTime last{};
};

/// Collective. The span that holds all ranks' spans, on every rank.
TimeSpan reduce_time_span(comm::Communicator const& comm, TimeSpan const& local);

}  // namespace tessera::reduce
