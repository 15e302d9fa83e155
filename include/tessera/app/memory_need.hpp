#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/ingest/input_file.hpp"

namespace tessera::app {

/// Local. Bytes that reading these files takes at the very least, over all ranks.
std::uint64_t least_bytes_to_ingest(std::vector<ingest::InputFile> const& files);

/// Collective. Throws core::StageError on every rank where the control group of some host (a container's limit, a
/// job's) has less memory than its ranks are sure to need: told before work begins, and not by the kernel in the middle
/// of it. `my_bytes` is what this rank needs at the least. `doing` is for the message.
void require_memory(comm::Communicator const& comm, std::string_view doing, std::uint64_t my_bytes);

}  // namespace tessera::app
