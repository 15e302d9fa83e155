#pragma once
#include <cstdint>
#include <string>

#include "tessera/comm/communicator.hpp"

namespace tessera::damage {

/// What is on purpose wrong with the second case, so that one sees that this is seen.
enum class Trick { none, crash, hang, other_answer, unclear, unnoticed };

struct Plan {
    std::string store = "plain";  ///< or "deflate"
    std::uint64_t seed = 1;       ///< of case 0; that of case n is seed + n
    Trick trick = Trick::none;
};

/// Local. Makes the store that is to be damaged, a few thousand trips of three files in many tiles, in this folder.
/// Returns its path.
std::string make_store(comm::Communicator const& comm, Plan const& plan, std::string const& folder);

/// Local. Runs the cases [first, last) on copies of the store `good`, which are in this folder one at a time. Says on
/// `to`, a line each: "begin NUMBER", and "end NUMBER KIND: OUTCOME", where OUTCOME is harmless, refused, found (by
/// `info --verify` alone), or FAULT and what is wrong.
void run_cases(comm::Communicator const& comm, Plan const& plan, std::string const& good, std::string const& folder,
               std::uint64_t first, std::uint64_t last, int to);

}  // namespace tessera::damage
