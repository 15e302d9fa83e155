#include "tessera/app/load_tiles.hpp"

#include "tessera/tiling/cut_runs.hpp"

namespace tessera::app {

std::vector<std::size_t> share_of_tiles(int rank, int ranks, geo::TileTable const& tiles,
                                        std::vector<std::size_t> const& chosen) {
    std::vector<std::uint64_t> weights;
    for (std::size_t const tile : chosen)
        weights.push_back(tiles.trips_in(tile));
    auto const cuts = tiling::cut_runs(weights, ranks);
    auto const run = static_cast<std::size_t>(rank);
    return {chosen.begin() + static_cast<std::ptrdiff_t>(cuts[run]),
            chosen.begin() + static_cast<std::ptrdiff_t>(cuts[run + 1])};
}

geo::LoadedTiles load_matching_tiles(comm::Communicator const& comm, store::OpenStore const& store,
                                     query::Filter const& filter, core::ColumnSet columns) {
    std::vector<std::size_t> chosen;
    for (std::size_t tile = 0; tile < store.tiles.size(); ++tile)
        if (query::may_match(filter, store.tiles, tile)) chosen.push_back(tile);
    return store::read_tiles(comm, store, share_of_tiles(comm.rank(), comm.size(), store.tiles, chosen), columns);
}

std::vector<std::string> file_names(store::OpenStore const& store) {
    std::vector<std::string> names;
    for (core::FileLedger const& file : store.header.ledger)
        names.push_back(file.name);
    return names;
}

}  // namespace tessera::app
