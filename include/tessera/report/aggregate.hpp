#pragma once
#include <ostream>
#include <string>

#include "tessera/query/aggregate.hpp"
#include "tessera/report/format.hpp"

namespace tessera::report {

/// Local. Whether the answer can be drawn at all: throws core::UsageError for GeoJSON unless exactly one key is a tile
/// key. To be called before any work is done.
void require_drawable(Format format, query::AggregateQuestion const& question);

/// Local. Writes groups in their order: CSV with a header; JSON as `{"columns":[...],"rows":[...]}`, one row a line;
/// GeoJSON as one Polygon a group, the cell of its tile key (no geometry where the tile is unknown). Errors as of
/// `require_drawable` and `cells_of`.
void write_groups(std::ostream& out, Format format, query::Groups const& groups,
                  query::AggregateQuestion const& question);

/// Local. `{"type":"Polygon",...}` of the cell of a level with that place on the Hilbert curve, counter-clockwise.
/// Neighbouring cells share their edges; what lies beyond the poles or the 180th meridian is cut off.
std::string cell_polygon(std::uint64_t prefix, unsigned level);

}  // namespace tessera::report
