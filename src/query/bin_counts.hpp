#pragma once
#include <cstdint>
#include <vector>

#include "row_block.hpp"
#include "tessera/query/sketch.hpp"

namespace tessera::query {

/// Sketches by the number of the group: plain arrays of the bins that nearly all values fall into, as long as groups
/// are few; sketches for the rest.
class BinCounts {
  public:
    /// Local. Counts values; the numbers of their groups are below `count`, which never shrinks.
    void add(PerRow<std::int64_t> const& values, PerRow<std::uint32_t> const& groups, std::size_t n, std::size_t count);
    /// Local. The sketch of a group's values, which are forgotten.
    Sketch take_sketch(std::size_t group);

    /// Values from 0 to less than this have a bin in an array: 24 bits are what a float's digits hold.
    static constexpr std::int64_t usual_values = std::int64_t{1} << 24;
    static constexpr auto usual_bins = static_cast<std::uint32_t>(bin_of(usual_values));

  private:
    static constexpr std::size_t most_arrays = 512;  ///< 2.5 MB: the L2 cache

    std::vector<std::uint32_t> usual_;  ///< by group, and within a group by bin
    std::vector<Sketch> rest_;
};

/// Local. The bins of values; `usual_bins` for those without a bin in an array.
void find_usual_bins(std::int64_t const* values, std::size_t n, std::uint32_t* bins);

}  // namespace tessera::query
