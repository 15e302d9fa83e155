#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "row_block.hpp"

namespace tessera::query {

/// Whatever is kept of a group is kept so many times, side by side, and rows take turns: neighbours in the store are
/// often of one group, and adding to what has just been written waits until it is written.
inline constexpr std::size_t lanes = 4;

/// Calls `add(i, l)` for all rows i < n, l being i's lane.
template <class Add>
[[gnu::always_inline]] inline void take_turns(std::size_t n, Add&& add) {
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            add(i + lane, lane);
    for (; i < n; ++i)
        add(i, 0);
}

/// Rows by the number of their group. 32 bits are enough for a lane: a rank has fewer than 2^32 trips.
class RowCounts {
  public:
    /// Local. Counts rows; the numbers are below `groups`, which never shrinks.
    void add(PerRow<std::uint32_t> const& numbers, std::size_t n, std::size_t groups) {
        if (counts_.size() < groups) counts_.resize(groups);
        Lanes* const counts = counts_.data();
        take_turns(n, [&](std::size_t i, std::size_t lane) { ++counts[numbers[i]].of[lane]; });
    }
    /// Of the groups that were told, with or without rows.
    std::size_t groups() const { return counts_.size(); }
    std::uint64_t count(std::size_t group) const {
        std::uint64_t sum = 0;
        for (std::uint32_t const rows : counts_[group].of)
            sum += rows;
        return sum;
    }

  private:
    struct Lanes {
        std::uint32_t of[lanes] = {};
    };
    std::vector<Lanes> counts_;
};

}  // namespace tessera::query
