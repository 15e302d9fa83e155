#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "tessera/query/trip_index.hpp"

namespace tessera::query {

/// By which way a question gets at the rows that may match, and which pieces it looks into: tiles, blocks of the time
/// slabs, or blocks of the drop-off order. A row that matches is in exactly one of them.
struct Access {
    enum class Way : std::uint8_t { tiles, slabs, dropoffs };
    Way way = Way::tiles;
    End on = End::pickup;  ///< which slabs
    std::vector<std::uint32_t> pieces;
    std::uint64_t rows = 0;   ///< about how many rows will be looked at
    core::ColumnSet columns;  ///< what will be read of rows that match
};

/// Local. About the share of a tile's trips that a window covers, were they spread evenly over the tile's time span.
double share_in_window(Filter const& filter, geo::TileTable const& tiles, std::size_t tile);

/// Local. All tiles that may hold a match, found by looking at each: the way where there is no index.
Access access_by_tiles(geo::LoadedTiles const& loaded, Filter const& filter, core::ColumnSet columns);

/// Local. The way that looks cheapest, for someone who reads these columns of the rows that match.
Access plan_access(TripIndex const& index, Filter const& filter, core::ColumnSet columns);

/// Local. The blocks of a range whose boxes meet the box, if there is one.
std::vector<std::uint32_t> blocks_within(TimeSlabs const& slabs, RowRange range, std::optional<geo::Box> const& box);

}  // namespace tessera::query
