#include "resident_store.hpp"

#include <chrono>
#include <numeric>

#include "tessera/app/load_tiles.hpp"
#include "tessera/app/memory_need.hpp"
#include "tessera/app/open_checked.hpp"
#include "tessera/app/rank_metrics.hpp"
#include "tessera/app/resident_memory.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/sizing/predict.hpp"
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

/// Local. What a rank takes of memory in the end.
double usual_memory(int ranks, std::uint64_t trips) {
    sizing::Work work;
    work.trips = static_cast<double>(trips);
    sizing::Cluster cluster;
    cluster.ranks = ranks;
    return sizing::predict_answers(work, cluster, {}).memory_bytes_a_rank;
}

}  // namespace

ResidentStore load_resident(comm::Communicator const& comm, Launch const& launch, std::string const& path,
                            std::string_view command, StageWatch& stages) {
    auto const start = Clock::now();
    ResidentStore resident;
    resident.store = open_checked(comm, path, launch);
    resident.cuts = cut_tiles(resident.store.tiles, comm.size());
    auto const me = static_cast<std::size_t>(comm.rank());
    auto const& first_trip = resident.store.tiles.first_trip;
    std::uint64_t const my_trips = first_trip[resident.cuts[me + 1]] - first_trip[resident.cuts[me]];
    MemoryLimit const memory = find_memory_limit();
    require_memory(comm, memory, "loading the store", unreclaimable_bytes() + my_trips * answer_bytes_a_trip);
    note_memory(comm, memory, command, usual_memory(comm.size(), resident.store.header.trips));
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
