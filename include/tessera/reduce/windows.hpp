#pragma once
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/query/live_windows.hpp"

namespace tessera::reduce {

/// Collective. Each window's counts over all ranks, on the root; nothing elsewhere. Shape: the same windows on every
/// rank, and no tile on two.
std::vector<query::WindowCounts> reduce_windows(comm::Communicator const& comm,
                                                std::vector<query::WindowCounts> const& local);

/// Collective. The windows of several questions, each with its list, over all ranks, on the root; undefined elsewhere.
/// Shape: a list a question, the same questions on every rank.
void reduce_live_windows(comm::Communicator const& comm, std::vector<query::LiveQuestion> const& questions,
                         std::vector<std::vector<query::LiveWindow>>& lists);

/// The earliest and the latest pick-up of some trips.
struct TimeSpan {
    bool empty = true;
    core::WallTime first{};
    core::WallTime last{};
};

/// Collective. The span that holds all ranks' spans, on every rank.
TimeSpan reduce_time_span(comm::Communicator const& comm, TimeSpan const& local);

}  // namespace tessera::reduce
