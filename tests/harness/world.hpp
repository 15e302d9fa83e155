#pragma once
#include "tessera/comm/communicator.hpp"

namespace tessera::harness {

/// All ranks of the test program. GoogleTest gives a test no arguments, so that here, and only here, a communicator
/// is to be had from nowhere.
comm::Communicator const& world();

/// What `main` does first.
void set_world(comm::Communicator const& all_ranks);

}  // namespace tessera::harness
