#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/query/filter.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::app {

/// Local. A rank's run of some tiles (ascending), cut so that all ranks have about the same number of trips.
std::vector<std::size_t> share_of_tiles(int rank, int ranks, geo::TileTable const& tiles,
                                        std::vector<std::size_t> const& chosen);

/// Collective. Reads the tiles that may hold a match, shared out over the ranks, and of them only these columns.
geo::LoadedTiles load_matching_tiles(comm::Communicator const& comm, store::OpenStore const& store,
                                     query::Filter const& filter, core::ColumnSet columns);

/// Local. The names of the store's files, by core::FileId; on the root, empty elsewhere.
std::vector<std::string> file_names(store::OpenStore const& store);

}  // namespace tessera::app
