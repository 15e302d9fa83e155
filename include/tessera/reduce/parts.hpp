#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/request/part.hpp"

namespace tessera::reduce {

/// How a rank is doing, sent along with its parts.
struct RankLoad {
    std::uint64_t busy_ns = 0;         ///< since the start, in batches
    std::uint64_t resident_bytes = 0;  ///< of memory
};

/// Some questions, and which ranks each of them touches.
struct SharedQuestions {
    std::vector<request::Question const*> questions;
    std::vector<std::uint8_t> touched;  ///< shape: questions x ranks, 1 or 0

    bool touches(std::size_t question, std::size_t rank, std::size_t ranks) const {
        return touched[question * ranks + rank] != 0;
    }
};

/// Collective. Every rank's parts of the answers to the same questions, merged on the root; elsewhere `parts` is left
/// undefined. One message from each rank that has a part at all. `loads` (on the root, one a rank) is brought up to
/// date for the ranks that sent. Shape: parts has one entry a question, and only those that touch this rank are read.
void reduce_parts(comm::Communicator const& comm, SharedQuestions const& shared, std::vector<request::Part>& parts,
                  RankLoad my_load, std::vector<RankLoad>& loads);

}  // namespace tessera::reduce
