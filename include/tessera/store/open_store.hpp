#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/trip_table.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/store/header.hpp"

namespace tessera::store {

/// A store that is open for reading on all ranks of a communicator.
struct OpenStore {
    struct File;
    std::string path;
    StoreHeader header;
    geo::TileTable tiles;        ///< on every rank
    std::shared_ptr<File> file;  ///< nothing where the store was peeked at
};

/// Collective. Opens a store. Every rank throws the same core::StageError for a file that is missing, no store of ours,
/// of a newer format, cut short, or inconsistent in its tables.
OpenStore open_store(comm::Communicator const& comm, std::string const& path);

/// Collective. Reads the header and the tile table alone; no rank keeps the file open.
OpenStore peek_store(comm::Communicator const& comm, std::string const& path);

/// Collective. Reads the given columns of each rank's own tiles (ascending; may be none), and no others.
geo::LoadedTiles read_tiles(comm::Communicator const& comm, OpenStore const& store,
                            std::vector<std::size_t> const& my_tiles, core::ColumnSet columns);

/// Collective. Reads all columns of single trips, each rank its own rows of the store (distinct, in any order; may be
/// none). The
/// trips come in the order of `my_rows`.
core::TripTable read_rows(comm::Communicator const& comm, OpenStore const& store,
                          std::vector<std::uint64_t> const& my_rows);

/// Local. What HDF5 library this is, "HDF5 1.10.8".
std::string library_name();

/// Local. Whether HDF5 was built for files that ranks share.
bool library_is_parallel();

}  // namespace tessera::store
