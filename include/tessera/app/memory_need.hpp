#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/ingest/input_file.hpp"

namespace tessera::app {

/// The memory that a control group (a container's, a job's) leaves a rank and all others in it.
struct MemoryLimit {
    std::uint64_t bytes = 0;  ///< with what may be swapped; 0: no limit
    std::string group;        ///< whose limit that is: ranks of one host with the same share it
};

/// Local. This rank's.
MemoryLimit find_memory_limit();

/// Trips while they are read and then put in order: a cache line, a key, and what stands for the row while it is
/// sorted.
constexpr std::uint64_t ingest_bytes_a_trip = 64 + 8 + 8;
/// Trips of `answer`: their columns, and the least of an index.
constexpr std::uint64_t answer_bytes_a_trip = 55 + 15;

/// Local. How many trips these files would be, if no row were rejected, by the lines in their first parts.
double guess_trips(std::vector<ingest::InputFile> const& files);

/// Collective. Text that each rank may read before all look again at what they hold: little where memory is.
std::uint64_t text_between_looks(comm::Communicator const& comm, MemoryLimit const& mine);

/// Collective. Throws core::StageError on every rank where the ranks that share a limit are certain to need more than
/// that: one message, instead of a process that the kernel ends. `my_bytes` is what this rank will hold at once, at the
/// least. `doing` is for the message.
void require_memory(comm::Communicator const& comm, MemoryLimit const& mine, std::string_view doing,
                    std::uint64_t my_bytes);

/// Collective. What this rank may hold if all that share its limit hold as much; where there is none, of the host's
/// memory.
std::uint64_t share_of_memory(comm::Communicator const& comm, MemoryLimit const& mine, std::uint64_t host_bytes);

/// Collective. Says on standard error where the ranks that share a limit will need more than that as things usually
/// are, `my_bytes` each.
void note_memory(comm::Communicator const& comm, MemoryLimit const& mine, std::string_view doing, double my_bytes);

}  // namespace tessera::app
