#pragma once
#include <cstdint>
#include <limits>
#include <vector>

#include "bin_counts.hpp"
#include "lanes.hpp"
#include "tessera/query/aggregate.hpp"

namespace tessera::query {

/// One field's totals by the number of the group.
class FieldTotals {
  public:
    /// `sketched`: whether a percentile is asked for.
    FieldTotals(core::TripTable const& trips, Field field, bool sketched)
        : trips_(trips), field_(field), sketched_(sketched) {}

    /// Local. Adds the values of a block's rows; the numbers are below `count`, which never shrinks.
    void add(RowBlock const& block, PerRow<std::uint32_t> const& groups, std::size_t count);
    /// Local. Of a group of so many trips.
    Totals totals_of(std::size_t group, std::uint64_t trips) const;

  private:
    struct Lane {
        std::int64_t sum = 0;
        std::int64_t min = std::numeric_limits<std::int64_t>::max();
        std::int64_t max = std::numeric_limits<std::int64_t>::min();
    };
    struct Lanes {
        Lane of[lanes];
    };

    core::TripTable const& trips_;
    Field field_;
    bool sketched_;
    std::vector<Lanes> totals_;
    std::vector<std::uint64_t> unknown_;
    BinCounts bins_;
};

}  // namespace tessera::query
