#pragma once
#include <string>

#include "tessera/app/command.hpp"
#include "tessera/comm/communicator.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::app {

/// Collective. Opens a store for a command; with --verify, after all of it was compared with its checksums.
store::OpenStore open_checked(comm::Communicator const& comm, std::string const& path, Launch const& launch);

}  // namespace tessera::app
