#pragma once
#include <functional>
#include <string>

#include "tessera/comm/communicator.hpp"
#include "tessera/geo/tile.hpp"

namespace tessera::bench {

/// Collective. All tiles and columns of a store, on each rank.
geo::LoadedTiles load_store(comm::Communicator const& comm, std::string const& path);

/// The main of a program of so many words: starts MPI, runs it, and tells what went wrong. Returns its exit code.
int run_program(int argc, char** argv, int words, char const* usage,
                std::function<void(comm::Communicator const&)> const& run);

}  // namespace tessera::bench
