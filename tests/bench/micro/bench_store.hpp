#pragma once
#include "tessera/comm/communicator.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::bench {

/// Says where the store is that questions are asked of (TESSERA_BENCH_STORE), and on which ranks.
void set_world(comm::Communicator const& comm);
comm::Communicator const& world();

/// All tiles and columns of that store, read once. Ends the program with a message where there is no store.
geo::LoadedTiles const& loaded_store();
/// The index over it, made once.
query::TripIndex const& index_of_store();

}  // namespace tessera::bench
