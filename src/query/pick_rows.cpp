#include "pick_rows.hpp"

#include <limits>

#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

/// Whether the tile table alone proves that every row of the tile matches. A box on drop-offs is never certain: the
/// tile's box says nothing of its unknown drop-offs.
bool is_certain(geo::TileTable const& tiles, Filter const& filter, std::size_t tile) {
    if (!filter.sources.has_all()) return false;
    return !filter.box || (filter.on == End::pickup && filter.box->contains(tiles.pickup_box[tile]));
}

/// The box without the unknown coordinate, which is the least integer.
geo::Box known_part(geo::Box box) {
    constexpr std::int32_t least_known = std::numeric_limits<std::int32_t>::min() + 1;
    box.west = std::max(box.west, least_known);
    box.south = std::max(box.south, least_known);
    return box;
}

/// A closed interval as its low end and its length, so that one unsigned comparison tells whether a number is inside.
struct Interval {
    std::uint32_t low;
    std::uint32_t length;

    Interval(std::int32_t low_end, std::int32_t high_end)
        : low(static_cast<std::uint32_t>(low_end)), length(static_cast<std::uint32_t>(high_end) - low) {}
    bool has(std::int32_t x) const { return static_cast<std::uint32_t>(x) - low <= length; }
};

TESSERA_WIDE void clear_outside(core::Angle const* angles, Interval interval, std::size_t size,
                                std::uint8_t* __restrict matches) {
    for (std::size_t i = 0; i < size; ++i)
        matches[i] &= static_cast<std::uint8_t>(interval.has(angles[i].count));
}

TESSERA_WIDE void clear_other_sources(core::Source const* source, SourceSet sources, std::size_t size,
                                      std::uint8_t* __restrict matches) {
    for (std::size_t i = 0; i < size; ++i)
        matches[i] &= static_cast<std::uint8_t>(sources.has(source[i]));
}

}  // namespace

RowRun run_of_tile(geo::LoadedTiles const& loaded, Filter const& filter, std::size_t tile) {
    if (!may_match(filter, loaded.tiles, tile)) return {};
    RowRange const rows = rows_in_window(filter, loaded, tile);
    std::uint64_t const store_row = loaded.store_row[tile] + (rows.first - loaded.tiles.first_trip[tile]);
    return {rows.first, rows.last, store_row, is_certain(loaded.tiles, filter, tile)};
}

std::size_t pick_rows(core::TripTable const& trips, Filter const& filter, std::size_t first, std::size_t size,
                      PerRow<std::uint16_t>& picked) {
    PerRow<std::uint8_t> matches;
    std::fill_n(matches.begin(), size, std::uint8_t{1});
    if (filter.box) {
        geo::Box const box = known_part(*filter.box);
        if (box.empty()) return 0;
        bool const pickup = filter.on == End::pickup;
        auto const& lon = pickup ? trips.pickup_lon : trips.dropoff_lon;
        auto const& lat = pickup ? trips.pickup_lat : trips.dropoff_lat;
        clear_outside(lon.data() + first, {box.west, box.east}, size, matches.data());
        clear_outside(lat.data() + first, {box.south, box.north}, size, matches.data());
    }
    if (!filter.sources.has_all())
        clear_other_sources(trips.source.data() + first, filter.sources, size, matches.data());
    std::size_t count = 0;
    for (std::size_t i = 0; i < size; ++i) {  // always writes, so that there is no branch to guess
        picked[count] = static_cast<std::uint16_t>(i);
        count += matches[i];
    }
    return count;
}

}  // namespace tessera::query
