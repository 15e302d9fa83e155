#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/trip_table.hpp"

namespace tessera::tiling {

/// What an exchange cost this rank.
struct Traffic {
    std::uint64_t bytes_sent = 0;  ///< to other ranks
    std::uint64_t rounds = 0;      ///< all-to-all exchanges, one a column
};

/// Collective. Brings each trip, and its tile, to the rank that owns the tile: run r of `cuts` (see cut_runs) belongs
/// to rank r. One column at a time: beside the columns themselves a rank never holds more than one column twice. Trips
/// arrive in the order of ranks, and in their order within a rank. Shapes: tile has one entry a trip.
Traffic exchange_trips(comm::Communicator const& comm, core::TripTable& trips, std::vector<std::uint32_t>& tile,
                       std::span<std::size_t const> cuts);

/// Collective. Moves trips so that all ranks hold the same number, up to one; the order of ranks and trips stays. Does
/// nothing where no rank holds a quarter more than its part.
void spread_evenly(comm::Communicator const& comm, core::TripTable& trips);

}  // namespace tessera::tiling
