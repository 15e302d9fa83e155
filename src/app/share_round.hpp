#pragma once
#include "tessera/comm/doorbell.hpp"
#include "tessera/desk/round.hpp"

namespace tessera::app {

/// Collective. The root's round on every rank. The others may have to wait for hours: they sleep meanwhile. A round
/// that failed is thrown on every rank as core::StageError.
void share_round(comm::Communicator const& comm, comm::Doorbell const& doorbell, desk::Round& round);

}  // namespace tessera::app
