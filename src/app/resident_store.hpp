#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "tessera/app/command.hpp"
#include "tessera/app/stage_watch.hpp"
#include "tessera/query/trip_index.hpp"
#include "tessera/report/metrics.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::app {

/// A store in memory, each rank with its run of tiles and an index of them, for many questions.
struct ResidentStore {
    store::OpenStore store;
    std::vector<std::size_t> cuts;  ///< rank r owns the tiles [cuts[r], cuts[r + 1])
    std::unique_ptr<geo::LoadedTiles const> loaded;
    std::unique_ptr<query::TripIndex const> index;
    report::Metrics metrics;  ///< what loading it took
};

/// Collective. Loads a store for a command; throws core::StageError where it cannot be read or does not fit.
ResidentStore load_resident(comm::Communicator const& comm, Launch const& launch, std::string const& path,
                            std::string_view command, StageWatch& stages);

}  // namespace tessera::app
