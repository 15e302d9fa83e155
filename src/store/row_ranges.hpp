#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tessera::store {

/// Rows [first, last) of a data set.
struct RowRange {
    std::uint64_t first;
    std::uint64_t last;
    std::uint64_t size() const { return last - first; }
    friend bool operator==(RowRange const&, RowRange const&) = default;
};

/// Local. Joins ascending, disjoint ranges until there are at most `most`: first those that touch, then those with the
/// smallest gaps between them, since reading a few rows too many is cheaper than asking for many pieces.
std::vector<RowRange> join_ranges(std::span<RowRange const> ranges, std::size_t most);

/// Local. Cuts ranges so that each list of the result has at most `most` rows in all.
std::vector<std::vector<RowRange>> cut_into_rounds(std::span<RowRange const> ranges, std::uint64_t most);

}  // namespace tessera::store
