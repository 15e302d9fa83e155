#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/trip_table.hpp"

namespace tessera::reduce {

/// What the root is sent in one round.
struct TripPart {
    std::vector<core::Trip> trips;  ///< on the root; empty elsewhere
    bool last = true;               ///< on every rank: no rank has any left
};

/// Collective. The next trips of all ranks in order of (pick-up time, file, line), at most `most` (or one a rank where
/// that is more) of them, so that the root never holds more; at least one while there are any. `rows` are those that
/// this rank still has to hand over, in that order; what is handed over goes from its front. Shape: a full table.
TripPart take_next_trips(comm::Communicator const& comm, core::TripTable const& trips,
                         std::span<std::uint32_t const>& rows, std::uint64_t most);

}  // namespace tessera::reduce
