#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/trip_rows.hpp"
#include "tessera/tiling/key_order.hpp"

namespace tessera::tiling {

/// What an exchange cost this rank.
struct Traffic {
    std::uint64_t bytes_sent = 0;  ///< to other ranks
    std::uint64_t rounds = 0;      ///< all-to-all exchanges
};

/// Bytes that a rank has under way in a round of exchanges, in each direction: so few that the places which were left
/// are still in the cache when they are filled again.
inline constexpr std::size_t exchange_bytes_a_round = std::size_t{4} << 20;

/// Collective. Brings each trip to the rank that gets it: rows[parts[r]] to rows[parts[r + 1] - 1], in the order of
/// keys, are rank r's. What arrives takes the place of what has left, a few rows at a time, so that a rank holds its
/// trips but once. Returns where those lie that came from each rank, in the order of keys; none from this rank itself,
/// whose own stay where they are. Shapes: parts has ranks + 1 entries, the result one a rank.
std::vector<std::vector<core::TripRows::Number>> exchange_trips(comm::Communicator const& comm, core::TripRows& trips,
                                                                std::span<KeyedRow const> rows,
                                                                std::span<std::uint64_t const> parts, Traffic& traffic,
                                                                std::size_t bytes_a_round = exchange_bytes_a_round);

/// Collective. Moves trips so that all ranks hold the same number, up to one; the order of ranks and trips stays. Does
/// nothing where no rank holds a quarter more than its part.
void spread_evenly(comm::Communicator const& comm, core::TripRows& trips);

}  // namespace tessera::tiling
