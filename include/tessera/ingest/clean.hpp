#pragma once
#include <cstdint>
#include <optional>

#include "tessera/core/ledger.hpp"
#include "tessera/core/trip.hpp"
#include "tessera/geo/box.hpp"

namespace tessera::ingest {

/// What a trip must satisfy to be kept.
struct CleaningRules {
    geo::Box region;                   ///< pick-ups outside of it are rejected; closed
    std::uint32_t longest_s = 86'400;  ///< trips that take longer are rejected
};

/// Local. The first rule after `malformed` and `no_pickup` that rejects the trip, in the order of core::Reject; nothing
/// when it is kept.
std::optional<core::Reject> find_fault(core::Trip const& trip, CleaningRules const& rules);

/// Local. Counts what is odd about a kept trip; duplicates are found later, when equal trips lie side by side.
void count_oddities(core::Trip const& trip, core::LedgerCounts& counts);

}  // namespace tessera::ingest
