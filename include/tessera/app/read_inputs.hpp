#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/codes.hpp"
#include "tessera/core/ledger.hpp"
#include "tessera/ingest/list_inputs.hpp"
#include "tessera/ingest/parse_block.hpp"

namespace tessera::app {

/// Collective. Finds the input files; every rank looks by itself.
std::vector<ingest::NamedPath> find_inputs(comm::Communicator const& comm, std::vector<std::string> const& arguments);

/// Collective. Inspects the input files; every rank looks by itself, and all must see the same.
std::vector<ingest::InputFile> inspect_inputs(comm::Communicator const& comm,
                                              std::vector<ingest::NamedPath> const& inputs,
                                              std::optional<core::Source> wanted);

/// What the ranks have read of all files.
struct ReadTrips {
    core::TripRows trips;                       ///< this rank's; all ranks' together are all trips
    core::Ledger ledger;                        ///< over all ranks, on every rank; without duplicates yet
    std::vector<ingest::RejectedRow> rejected;  ///< this rank's, where asked for
    double my_reading_s = 0;                    ///< that each thread waited for files, or inflated, on average
};

/// How far reading has come, over all ranks.
struct ReadSoFar {
    std::uint64_t bytes = 0;                                     ///< as they lie on disk
    std::array<std::uint64_t, core::all_sources.size()> kept{};  ///< in the order of core::all_sources
    core::LedgerCounts counts;                                   ///< without headers' lines, and duplicates
    std::uint64_t my_trips = 0;                                  ///< that this rank alone holds
};

/// Called on every rank after each round; collective, and like all that is collective, on all ranks or none.
using OnRound = std::function<void(comm::Communicator const&, ReadSoFar const&)>;

/// Collective. Reads, parses and cleans all files, each rank its share, round by round; no more text in a round than
/// `most_text_bytes` of any rank.
ReadTrips read_trips(comm::Communicator const& comm, std::vector<ingest::InputFile> const& files,
                     ingest::ParseOptions const& options, std::uint64_t most_text_bytes, OnRound const& on_round);

}  // namespace tessera::app
