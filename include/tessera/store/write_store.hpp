#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
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
    /// Fills `columns` with rows [begin, end) of the part, in store order. Local, and called by several threads at
    /// once.
    using Fill = std::function<void(std::uint64_t begin, std::uint64_t end, core::TripTable& columns)>;

    geo::TileTable const& tiles;  ///< of all ranks
    std::size_t first_tile;       ///< this rank has tiles [first_tile, last_tile)
    std::size_t last_tile;
    Fill fill;

    StorePart(geo::TileTable const& all_tiles, std::size_t first, std::size_t last, Fill by)
        : tiles(all_tiles), first_tile(first), last_tile(last), fill(std::move(by)) {}
    /// The trips of those tiles, in store order; they must outlive the part.
    StorePart(geo::TileTable const& all_tiles, std::size_t first, std::size_t last, core::TripTable const& trips);

    std::uint64_t first_row() const { return tiles.first_trip[first_tile]; }
    std::uint64_t rows() const { return tiles.first_trip[last_tile] - first_row(); }
};

/// Collective. Fails early, before any work, where the store could not be put in place in the end: it exists and must
/// not be overwritten, or its folder is missing or cannot be written.
void check_store_place(comm::Communicator const& comm, WriteOptions const& options);

/// Local. Whether there is a PATH.partial that nobody writes: a run that was killed has left it. Writing a store there
/// takes its place.
bool has_left_over(std::string const& path);

/// Collective. Writes a store to PATH.partial, syncs it and renames it: a store under its final name is whole. On an
/// error the partial file is removed and every rank throws the same core::StageError.
void write_store(comm::Communicator const& comm, WriteOptions const& options, StoreHeader const& header,
                 StorePart const& part);

}  // namespace tessera::store
