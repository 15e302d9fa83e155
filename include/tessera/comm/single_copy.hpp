#pragma once
#include <cstdint>
#include <string>

#include "tessera/comm/communicator.hpp"

namespace tessera::comm {

/// Whether ranks of a node can read each other's memory directly (Linux' cross-memory attach, CMA).
struct SingleCopy {
    enum class Outcome : std::uint8_t { alone, works, refused };
    Outcome outcome = Outcome::alone;
    std::string reason;  ///< where it is refused: the system's words
};

/// Collective. Each rank reads a word of the next one of its node.
SingleCopy try_single_copy(Communicator const& comm);

}  // namespace tessera::comm
