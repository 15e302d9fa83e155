#pragma once
#include <string>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/ledger.hpp"
#include "tessera/ingest/parse_block.hpp"

namespace tessera::app {

/// Collective. Writes every rank's rejected rows to a CSV file, in order of (file, line). The root holds them all while
/// it writes.
void write_rejects(comm::Communicator const& comm, std::vector<ingest::RejectedRow> rejected,
                   core::Ledger const& ledger, std::string const& path);

}  // namespace tessera::app
