#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/doctor/rank_report.hpp"

namespace tessera::doctor {

/// What a rank knows of itself that this floor cannot find out.
struct OwnWords {
    int threads = 1;
    std::string hdf5;
    bool hdf5_parallel = true;
};

/// Collective. Finds out what all ranks have, and whether they can work together. The reports of all ranks, in their
/// order, on the root; nothing elsewhere.
std::vector<RankReport> examine(comm::Communicator const& comm, OwnWords const& own,
                                std::optional<std::string> const& path);

}  // namespace tessera::doctor
