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
    /// Local. Of a group of so many trips; its sketch is taken away.
    Totals take_totals(std::size_t group, std::uint64_t trips);

  private:
    struct Lane {
        std::int64_t sum = 0;
        std::int64_t min = std::numeric_limits<std::int64_t>::max();
        std::int64_t max = std::numeric_limits<std::int64_t>::min();
    };
    /// Many groups do without lanes: they would cost more memory than they save time.
    static constexpr std::size_t most_groups_with_lanes = 4096;
    void make_room(std::size_t count);
    /// Local. The totals over all lanes of a group.
    Lane join_lanes(std::size_t group) const;

    core::TripTable const& trips_;
    Field field_;
    bool sketched_;
    std::size_t lanes_ = lanes;
    std::vector<Lane> totals_;  ///< by group, and within a group by lane
    std::vector<std::uint64_t> unknown_;
    BinCounts bins_;
};

}  // namespace tessera::query
