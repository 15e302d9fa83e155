#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "tessera/core/codes.hpp"
#include "tessera/core/ledger.hpp"
#include "tessera/core/units.hpp"
#include "tessera/geo/box.hpp"
#include "tessera/report/plan.hpp"

namespace tessera::report {

/// Rows of a data set that are not what was written.
struct DamagedRows {
    std::string data_set;
    std::uint64_t first_row = 0;
    std::uint64_t rows = 0;
};

/// What a store was found to be when all of it was compared with its checksums.
struct StoreCheck {
    std::uint64_t pieces = 0;  ///< of each column, with a checksum
    std::uint64_t bytes = 0;   ///< of all columns
    std::vector<DamagedRows> damaged;
};

/// What is in a store.
struct StoreSummary {
    std::string path;
    std::uint32_t format_version = 0;
    std::string program_version;  ///< of the program that wrote it
    std::uint64_t file_bytes = 0;
    std::uint64_t trips = 0;
    std::array<std::uint64_t, core::all_sources.size()> trips_by_source{};  ///< in the order of core::all_sources
    core::WallTime first_pickup{};                                          ///< unknown where there are no trips
    core::WallTime last_pickup{};
    geo::Box pickup_box;  ///< tight; empty where there are no trips
    std::uint64_t tiles = 0;
    std::uint64_t tile_trips = 0;    ///< trips above which a tile was split
    std::uint64_t largest_tile = 0;  ///< trips
    geo::Box region;
    std::uint32_t max_hours = 0;
    core::Ledger ledger;
    std::optional<StoreCheck> check;                 ///< where that was asked for
    std::optional<std::vector<std::uint64_t>> plan;  ///< trips per rank, where a plan was asked for
    std::optional<RankPlans> plans;                  ///< where plans for several numbers of ranks were asked for
};

/// Local. The largest rank's trips over the mean rank's; 1 where there are none.
double max_over_mean(std::vector<std::uint64_t> const& trips_per_rank);

/// Local. The summary for people.
std::string info_text(StoreSummary const& summary);

/// Local. Writes the summary as one JSON object, indented; times and boxes of a store without trips are null.
void write_info_json(std::ostream& out, StoreSummary const& summary);

}  // namespace tessera::report
