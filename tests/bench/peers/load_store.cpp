#include "load_store.hpp"

#include <exception>
#include <iostream>

#include <numeric>

#include "tessera/comm/session.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::bench {

geo::LoadedTiles load_store(comm::Communicator const& comm, std::string const& path) {
    auto const store = store::open_store(comm, path);
    std::vector<std::size_t> tiles(store.tiles.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    return store::read_tiles(comm, store, tiles, core::ColumnSet::all());
}

int run_program(int argc, char** argv, int words, char const* usage,
                std::function<void(comm::Communicator const&)> const& run) {
    comm::Session session(argc, argv);
    if (argc != words + 1) {
        std::cerr << usage << '\n';
        return 2;
    }
    try {
        run(session.world());
    } catch (std::exception const& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}

}  // namespace tessera::bench
