#pragma once
#include "tessera/app/stage_watch.hpp"
#include "tessera/desk/round.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::app {

/// Collective. Rounds of questions until there are no more. `desk` is the root's, and nothing elsewhere. A round that
/// failed is thrown on every rank as core::StageError.
void answer_rounds(comm::Communicator const& comm, query::TripIndex const& index, request::Limits const& limits,
                   desk::Desk* desk, StageWatch& stages);

}  // namespace tessera::app
