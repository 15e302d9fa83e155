#pragma once
#include "tessera/app/command.hpp"

namespace tessera::app {

/// Collective. Checks that the launch is what was expected (else core::LaunchError on every rank) and sets the number
/// of OpenMP threads.
void prepare_launch(comm::Communicator const& comm, Launch const& launch);

}  // namespace tessera::app
