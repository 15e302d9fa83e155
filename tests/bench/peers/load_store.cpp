#include "load_store.hpp"

#include <numeric>

#include "tessera/store/open_store.hpp"

namespace tessera::bench {

geo::LoadedTiles load_store(comm::Communicator const& comm, std::string const& path) {
    auto const store = store::open_store(comm, path);
    std::vector<std::size_t> tiles(store.tiles.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    return store::read_tiles(comm, store, tiles, core::ColumnSet::all());
}

}  // namespace tessera::bench
