#pragma once
#include <cstdint>
#include <vector>

#include "tessera/query/filter.hpp"
#include "tessera/query/match.hpp"

namespace tessera::query {

/// Which trips match.
struct RangeQuestion {
    Filter filter;
    std::uint64_t limit = 100;  ///< trips to list; 0 for all
    bool count_only = false;    ///< list none, and read no more than the filter needs
};

/// Associative: merging answers over parts of the trips gives the answer over all.
struct RangeAnswer {
    std::uint64_t matched = 0;   ///< all that match, listed or not
    std::vector<Match> matches;  ///< the first `limit`, in order
};

/// Local. The columns that the question must read to find its matches (not to print them).
core::ColumnSet columns_of(RangeQuestion const& question);

/// Local, OpenMP. The answer over the loaded tiles.
RangeAnswer find_range(geo::LoadedTiles const& loaded, RangeQuestion const& question);

/// Local. The answer over both parts.
RangeAnswer merge(RangeAnswer a, RangeAnswer b, std::uint64_t limit);

}  // namespace tessera::query
