#pragma once
#include <string>

#include "tessera/comm/communicator.hpp"
#include "tessera/geo/tile.hpp"

namespace tessera::bench {

/// Collective. All tiles and columns of a store, on each rank.
geo::LoadedTiles load_store(comm::Communicator const& comm, std::string const& path);

}  // namespace tessera::bench
