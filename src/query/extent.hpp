#pragma once
#include <cstdint>

#include "tessera/query/filter.hpp"

// Where trips that match lie at most, by the filter and the tile table.
namespace tessera::query {

/// Days since 1970-01-01, both ends among them; empty where last < first.
struct DayRange {
    std::uint32_t first = 1;
    std::uint32_t last = 0;
};

/// Local. The days of their pick-ups.
DayRange days_around(geo::TileTable const& tiles, Filter const& filter);

/// Local. A box around their known ends.
geo::Box box_around(geo::TileTable const& tiles, Filter const& filter, End on);

}  // namespace tessera::query
