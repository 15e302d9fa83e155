#include "bench_store.hpp"

#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <optional>

#include "tessera/store/open_store.hpp"

namespace tessera::bench {
namespace {

std::optional<comm::Communicator> the_world;

geo::LoadedTiles load() {
    char const* const path = std::getenv("TESSERA_BENCH_STORE");
    if (!path) {
        std::fputs("set TESSERA_BENCH_STORE to a store, as tests/bench/run.sh does\n", stderr);
        std::exit(1);
    }
    auto const store = store::open_store(world(), path);
    std::vector<std::size_t> tiles(store.tiles.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    return store::read_tiles(world(), store, tiles, core::ColumnSet::all());
}

}  // namespace

void set_world(comm::Communicator const& comm) {
    the_world = comm;
}
comm::Communicator const& world() {
    return *the_world;
}

geo::LoadedTiles const& loaded_store() {
    static geo::LoadedTiles const loaded = load();
    return loaded;
}
query::TripIndex const& index_of_store() {
    static query::TripIndex const index(loaded_store());
    return index;
}

}  // namespace tessera::bench
