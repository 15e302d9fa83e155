#pragma once
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "harness/seed.hpp"
#include "harness/world.hpp"
#include "query/random_tiles.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/core/error.hpp"
#include "tessera/store/open_store.hpp"
#include "tessera/store/write_store.hpp"
#include "tiling/same_trips.hpp"

namespace tessera::store::testing {

using harness::world;
using query::testing::pick;
using query::testing::Random;

/// This rank alone.
inline comm::Communicator self() {
    return {MPI_COMM_SELF, comm::Communicator::Ownership::keep};
}

/// A folder that all ranks share; it goes with the test. Collective to make and to drop.
class SharedFolder {
  public:
    SharedFolder() {
        std::string path = (std::filesystem::temp_directory_path() / "tessera_store_XXXXXX").string();
        if (world().is_root() && ::mkdtemp(path.data()) == nullptr) path.clear();
        comm::broadcast_resized(world(), path);
        folder_ = path;
    }
    ~SharedFolder() {
        comm::barrier(world());
        std::error_code error;
        if (world().is_root()) std::filesystem::remove_all(folder_, error);
    }
    SharedFolder(SharedFolder const&) = delete;
    SharedFolder& operator=(SharedFolder const&) = delete;
    std::string path(std::string const& name) const { return (folder_ / name).string(); }

  private:
    std::filesystem::path folder_;
};

/// Tiles and trips that every rank knows, and the run of tiles that is this rank's part of them.
struct MadeUpStore {
    geo::LoadedTiles loaded;
    StoreHeader header;
    std::vector<std::size_t> cuts;

    MadeUpStore(Random& random, std::size_t trips, std::size_t tile_trips) {
        auto const made = query::testing::make_trips(random, {.trips = trips, .lattice = 1000});
        loaded = query::testing::tile_up(made, tile_trips);
        header.program = "tessera test";
        header.trips = trips;
        header.tile_trips = tile_trips;
        header.region = {-743000000, 404500000, -736000000, 410000000};
        header.longest_trip_s = 86'400;
        for (char const* const name : {"a.csv", "a file with a longer name.csv.gz", "Zoë.csv"}) {
            core::FileLedger& file = header.ledger.emplace_back();
            file = {name, "yellow", static_cast<std::uint64_t>(pick(random, 0, INT64_MAX)), {}};
            core::for_each_count([&](std::string_view, auto const& count_of) {
                count_of(file.counts) = static_cast<std::uint64_t>(pick(random, 0, INT64_MAX));
            });
        }
        cuts = {0, loaded.tiles.size()};
        while (cuts.size() <= static_cast<std::size_t>(world().size()))
            cuts.push_back(static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(loaded.tiles.size()))));
        std::sort(cuts.begin(), cuts.end());
    }

    core::TripTable trips_of(std::size_t first_tile, std::size_t last_tile) const {
        core::TripTable part;
        for (auto row = loaded.tiles.first_trip[first_tile]; row < loaded.tiles.first_trip[last_tile]; ++row)
            append(part, trip_at(loaded.trips, row));
        return part;
    }
    /// Collective. Writes each rank's part.
    void write(WriteOptions const& options) const {
        auto const me = static_cast<std::size_t>(world().rank());
        core::TripTable const mine = trips_of(cuts[me], cuts[me + 1]);
        write_store(world(), options, header, {loaded.tiles, cuts[me], cuts[me + 1], mine});
    }
    /// Local. Writes all of it on this rank alone.
    void write_alone(WriteOptions const& options) const {
        write_store(self(), options, header, {loaded.tiles, 0, loaded.tiles.size(), loaded.trips});
    }
};

/// Collective. The message of the StageError that every rank must get, the same on each; empty where there is none.
template <class Work>
std::string error_of(Work&& work) {
    std::string message;
    try {
        work();
    } catch (core::StageError const& error) {
        message = error.what();
    }
    for (auto const& said : comm::gather_to_root(world(), std::span<char const>(message)))
        EXPECT_EQ(std::string(said.begin(), said.end()), message) << "ranks got different errors";
    return message;
}

inline std::string bytes_of(std::string const& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

/// Collective. Writes a file on the root; no rank goes on before it is there.
inline void write_bytes(std::string const& path, std::string const& bytes) {
    comm::barrier(world());
    if (world().is_root()) std::ofstream(path, std::ios::binary) << bytes;
    comm::barrier(world());
}

}  // namespace tessera::store::testing
