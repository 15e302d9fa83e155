#pragma once
#include <limits>
#include <map>
#include <optional>
#include <vector>

#include "random_tiles.hpp"
#include "tessera/query/aggregate.hpp"

// The oracle of aggregate: one trip after the other, a map of lists, std::chrono for the calendar, sorting for
// percentiles.
namespace tessera::query::testing {

/// A row of an answer as values in the order of rows: an unknown one is last.
using SlowKey = std::vector<std::int64_t>;
inline constexpr std::int64_t unknown_key = std::numeric_limits<std::int64_t>::max();

struct SlowGroup {
    std::uint64_t trips = 0;
    std::map<Field, std::vector<std::int64_t>> values;  ///< the known ones
};

/// Local. All trips of the tiles that match, by key.
std::map<SlowKey, SlowGroup> group_slowly(geo::LoadedTiles const& loaded, AggregateQuestion const& question);

/// Local. A measure of a group; nothing where it has none. Percentiles are exact.
std::optional<double> measure_slowly(SlowGroup const& group, Measure measure);

}  // namespace tessera::query::testing
