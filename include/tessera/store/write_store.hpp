#pragma once
#include <cstddef>
#include <string>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/trip_table.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/store/header.hpp"

namespace tessera::store {

enum class Compression { none, deflate };

struct WriteOptions {
    std::string path;
    bool overwrite = false;
    Compression compression = Compression::none;
};

/// What a rank holds of a store that is to be written: a run of tiles, all ranks' runs being one after the other.
struct StorePart {
    geo::TileTable const& tiles;  ///< of all ranks
    std::size_t first_tile;       ///< this rank has tiles [first_tile, last_tile)
    std::size_t last_tile;
    core::TripTable const& trips;  ///< of those tiles, in store order
};

/// Collective. Fails early, before any work, where the store could not be put in place in the end: it exists and must
/// not be overwritten, or its folder is missing or cannot be written.
void check_store_place(comm::Communicator const& comm, WriteOptions const& options);

/// Collective. Writes a store to PATH.partial, syncs it and renames it: a store under its final name is whole. On an
/// error the partial file is removed and every rank throws the same core::StageError.
void write_store(comm::Communicator const& comm, WriteOptions const& options, StoreHeader const& header,
                 StorePart const& part);

}  // namespace tessera::store
