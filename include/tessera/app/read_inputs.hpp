#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tessera/app/progress.hpp"
#include "tessera/comm/communicator.hpp"
#include "tessera/core/ledger.hpp"
#include "tessera/ingest/parse_block.hpp"

namespace tessera::app {

/// Collective. Finds and inspects the input files; every rank looks by itself, and all must see the same.
std::vector<ingest::InputFile> inspect_inputs(comm::Communicator const& comm, std::vector<std::string> const& arguments,
                                              std::optional<core::Source> wanted);

/// What the ranks have read of all files.
struct ReadTrips {
    core::TripTable trips;                      ///< this rank's; all ranks' together are all trips
    core::Ledger ledger;                        ///< over all ranks, on every rank; without duplicates yet
    std::vector<ingest::RejectedRow> rejected;  ///< this rank's, where asked for
};

/// Collective. Reads, parses and cleans all files, each rank its share, round by round.
ReadTrips read_trips(comm::Communicator const& comm, std::vector<ingest::InputFile> const& files,
                     ingest::ParseOptions const& options, Progress& progress);

}  // namespace tessera::app
