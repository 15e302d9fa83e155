#pragma once
#include <string>

#include "tessera/comm/communicator.hpp"
#include "tessera/doctor/rank_report.hpp"

namespace tessera::doctor {

/// Collective. How this rank sees a file or a folder. Rank 0 makes a file of its own there (or beside the file), all
/// write to it together and read what the next rank wrote, and it is removed. Throws nothing: what fails is told.
PathView try_path(comm::Communicator const& comm, std::string const& path);

}  // namespace tessera::doctor
