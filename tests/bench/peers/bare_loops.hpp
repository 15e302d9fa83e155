#pragma once
#include <cstdint>
#include <vector>

#include "tessera/core/trip_table.hpp"

namespace tessera::bench {

/// Counters of all groups, those of no trip too.
using Counters = std::vector<std::uint32_t>;

// Straight loops over arrays in memory, each for its one question and its one range of values, without a check: what
// stands for the machine's limit. By as many threads as OpenMP has.

/// Shape: 168, hours of the week from Monday.
Counters count_hours_of_week(core::TripTable const& trips);

/// A grid of squares of some 200 m over the region that `ingest` keeps. Shape: rows * columns, from the south-west.
struct BareGrid {
    static constexpr std::int32_t west = -743'000'000, south = 404'500'000, width = 23'721, height = 17'986;
    static constexpr std::uint32_t columns = 296, rows = 306;
};
Counters count_grid(core::TripTable const& trips);

/// Passengers x year x rounded mile. The last value of each stands for all beyond, too. Shape: BareClassic::groups.
struct BareClassic {
    static constexpr std::uint32_t passengers = 16, years = 16, miles = 128;  ///< years from 2008
    static constexpr std::uint32_t groups = passengers * years * miles;
};
Counters count_classic(core::TripTable const& trips);

}  // namespace tessera::bench
