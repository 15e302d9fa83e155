#include "resident_store.hpp"

#include <chrono>
#include <numeric>

#include "tessera/app/load_tiles.hpp"
#include "tessera/app/memory_need.hpp"
#include "tessera/app/rank_metrics.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/tiling/cut_runs.hpp"

namespace tessera::app {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::size_t> cut_tiles(geo::TileTable const& tiles, int ranks) {
    std::vector<std::uint64_t> weights(tiles.size());
    for (std::size_t tile = 0; tile < tiles.size(); ++tile)
        weights[tile] = tiles.trips_in(tile);
    return tiling::cut_runs(weights, ranks);
}

/// Collective. This rank's tiles, whole.
geo::LoadedTiles load_run(comm::Communicator const& comm, store::OpenStore const& store,
                          std::vector<std::size_t> const& cuts) {
    auto const rank = static_cast<std::size_t>(comm.rank());
    std::vector<std::size_t> mine(cuts[rank + 1] - cuts[rank]);
    std::iota(mine.begin(), mine.end(), cuts[rank]);
    return store::read_tiles(comm, store, mine, core::ColumnSet::all());
}

}  // namespace

ResidentStore load_resident(comm::Communicator const& comm, std::string const& path, StageWatch& stages) {
    auto const start = Clock::now();
    ResidentStore resident;
    resident.store = store::open_store(comm, path);
    resident.cuts = cut_tiles(resident.store.tiles, comm.size());
    constexpr std::uint64_t bytes_a_trip = 70;  // its columns, and the least of an index
    require_memory(comm, "loading the store",
                   resident.store.header.trips / static_cast<std::uint64_t>(comm.size()) * bytes_a_trip);
    resident.loaded = std::make_unique<geo::LoadedTiles const>(load_run(comm, resident.store, resident.cuts));
    auto const loaded_at = Clock::now();
    stages.enter("index");
    resident.index = comm::run_local(comm, "making the index",
                                     [&] { return std::make_unique<query::TripIndex const>(*resident.loaded); });
    stages.enter("start");
    resident.metrics.phases = {{"load", loaded_at - start}, {"index", Clock::now() - loaded_at}};
    resident.metrics.read = sum_read(comm, *resident.loaded, core::ColumnSet::all());
    resident.metrics.ranks = ask_ranks(comm, resident.loaded->trips.size());
    ask_memory_limits(comm, resident.metrics.ranks);
    return resident;
}

}  // namespace tessera::app
