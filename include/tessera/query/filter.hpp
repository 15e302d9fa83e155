#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "tessera/core/codes.hpp"
#include "tessera/core/columns.hpp"
#include "tessera/core/units.hpp"
#include "tessera/geo/tile.hpp"

namespace tessera::query {

/// Which end of a trip a box or a point means.
enum class End : std::uint8_t { pickup, dropoff };

/// A set of publishers; all of them by default.
class SourceSet {
  public:
    SourceSet() = default;
    static SourceSet none() { return SourceSet(0); }
    void add(core::Source source) { bits_ |= 1U << static_cast<unsigned>(source); }
    bool has(core::Source source) const { return (bits_ >> (static_cast<unsigned>(source) & 7) & 1) != 0; }
    bool has_all() const { return bits_ == all_bits; }

  private:
    static constexpr unsigned all_bits = 0b1110;  // bits 1 to 3: the codes of core::Source
    explicit SourceSet(unsigned bits) : bits_(bits) {}
    unsigned bits_ = all_bits;
};

/// The words that every question shares. A trip matches when all that is given holds.
struct Filter {
    std::optional<core::WallTime> from;  ///< pick-up at this time or later
    std::optional<core::WallTime> to;    ///< pick-up before this time
    std::optional<geo::Box> box;         ///< the end `on` inside it; an unknown drop-off is in no box
    End on = End::pickup;
    SourceSet sources;
};

/// Local. The columns that one must read to apply the filter.
core::ColumnSet columns_of(Filter const& filter);
/// Local. The longitude and the latitude of an end.
core::ColumnSet coordinates_of(End on);
/// Local. The tiles' boxes around an end.
std::vector<geo::Box> const& boxes_of(geo::TileTable const& tiles, End on);

/// Local. False when no trip of the tile can match, by its boxes and its time span alone.
bool may_match(Filter const& filter, geo::TileTable const& tiles, std::size_t tile);

/// Rows [first, last) of `LoadedTiles::trips`.
struct RowRange {
    std::size_t first;
    std::size_t last;
};

/// Local. About where in a tile a time would stand, if its trips were spread evenly over their time. Shape: the tile is
/// not empty.
std::size_t guess_row(geo::TileTable const& tiles, std::size_t tile, core::WallTime time);

/// Local. The tile's rows whose pick-up time lies in the filter's window: a search, for rows of a tile are in order
/// of time. Needs `pickup_time` where the filter has a window.
RowRange rows_in_window(Filter const& filter, geo::LoadedTiles const& loaded, std::size_t tile);

/// Local. Whether a row whose time fits matches the filter's box and sources as well.
bool matches_place_and_source(Filter const& filter, core::TripTable const& trips, std::size_t row);

/// Local. A trip's end as a point; unknown coordinates for an unknown drop-off.
inline geo::Point end_of(core::TripTable const& trips, End on, std::size_t row) {
    if (on == End::pickup) return {trips.pickup_lon[row].count, trips.pickup_lat[row].count};
    return {trips.dropoff_lon[row].count, trips.dropoff_lat[row].count};
}

/// Local. Whether a point is one (and not an unknown drop-off).
inline bool is_known(geo::Point point) {
    return core::is_known(core::Angle{point.lon}) && core::is_known(core::Angle{point.lat});
}

}  // namespace tessera::query
