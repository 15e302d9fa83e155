#include "access.hpp"

#include <algorithm>

#include "blocks_within.hpp"

namespace tessera::query {
namespace {

// What looking costs, in nanoseconds, roughly; only the choice of the way depends on it, never an answer.
constexpr double tile_ns = 200;  // its rows lie in a place of their own
constexpr double row_ns = 1;
constexpr double block_ns = 2;   // its box
constexpr double place_ns = 2;   // a row of a block
constexpr double gather_ns = 6;  // a value of it that lies anywhere in memory

/// Calls visit(number) for the boxes on a tower's ground floor that meet a box.
template <class Visit>
void for_each_meeting(BoxTower const& tower, geo::Box const& box, Visit&& visit) {
    tower.any_meeting(box, [&](std::size_t number) {
        visit(number);
        return false;
    });
}

/// A way and what it would cost.
struct Offer {
    Access access;
    double ns = 0;
    double share_in_box = 1;  ///< of all rows: those whose pieces meet the filter's box
};

Offer offer_tiles(TripIndex const& index, Filter const& filter) {
    geo::TileTable const& tiles = index.loaded().tiles;
    Offer offer;
    double rows = 0, rows_in_box = 0;
    auto const add = [&](std::size_t tile) {
        rows_in_box += static_cast<double>(tiles.trips_in(tile));
        if (!may_match(filter, tiles, tile)) return;
        offer.access.pieces.push_back(static_cast<std::uint32_t>(tile));
        rows += share_in_window(filter, tiles, tile) * static_cast<double>(tiles.trips_in(tile));
    };
    if (filter.box && filter.on == End::pickup)
        for_each_meeting(index.pickup_tower(), *filter.box, add);
    else
        for (std::size_t tile = 0; tile < tiles.size(); ++tile)
            add(tile);
    offer.access.rows = static_cast<std::uint64_t>(rows);
    offer.ns = tile_ns * static_cast<double>(offer.access.pieces.size()) + row_ns * rows;
    offer.share_in_box = rows_in_box / std::max(1.0, static_cast<double>(geo::trip_count(tiles)));
    return offer;
}

Offer offer_dropoffs(TripIndex const& index, Filter const& filter, double place_cost_ns) {
    Offer offer;
    offer.access.way = Access::Way::dropoffs;
    for_each_meeting(index.dropoff_tower(), *filter.box,
                     [&](std::size_t block) { offer.access.pieces.push_back(static_cast<std::uint32_t>(block)); });
    offer.access.rows = offer.access.pieces.size() * rows_a_block;
    offer.ns = place_cost_ns * static_cast<double>(offer.access.rows);
    offer.share_in_box =
        static_cast<double>(offer.access.pieces.size()) / static_cast<double>(index.curve(End::dropoff).blocks() + 1);
    return offer;
}

/// What the blocks of the window's slabs would cost; which of them it takes is found when they are chosen.
double blocks_ns(RowRange blocks, double share_in_box, double row_of_block_ns) {
    double const count = static_cast<double>(blocks.last - blocks.first);
    return count * (block_ns + share_in_box * row_of_block_ns * static_cast<double>(rows_a_block));
}

/// Of a block's rows, times lie side by side, and so do the coordinates that the box is about; the rest is gathered.
double row_of_block_ns(Filter const& filter, core::ColumnSet columns) {
    if (!filter.sources.has_all()) columns.add(core::Column::source);
    double gathered = 0;
    core::for_each_column([&](auto const& place) {
        if (place.id != core::Column::pickup_time && columns.has(place.id)) ++gathered;
    });
    return place_ns + gather_ns * gathered;
}

}  // namespace

double share_in_window(Filter const& filter, geo::TileTable const& tiles, std::size_t tile) {
    double const first = tiles.first_time[tile].count, last = tiles.last_time[tile].count;
    double const from = filter.from ? std::max(first, 1.0 * filter.from->count) : first;
    double const to = filter.to ? std::min(last, 1.0 * filter.to->count) : last;
    return std::clamp((to - from + 1) / (last - first + 1), 0.0, 1.0);
}

Access access_by_tiles(geo::LoadedTiles const& loaded, Filter const& filter, core::ColumnSet columns) {
    Access access;
    access.columns = columns;
    for (std::size_t tile = 0; tile < loaded.tiles.size(); ++tile)
        if (may_match(filter, loaded.tiles, tile)) {
            access.pieces.push_back(static_cast<std::uint32_t>(tile));
            access.rows += loaded.tiles.trips_in(tile);
        }
    return access;
}

Access plan_access(TripIndex const& index, Filter const& filter, core::ColumnSet columns) {
    double const place_cost_ns = row_of_block_ns(filter, columns);
    // Without a box, trips whose drop-off is unknown match, too.
    bool const by_dropoff = filter.box && filter.on == End::dropoff;
    End const on = by_dropoff ? End::dropoff : End::pickup;
    auto const offer_other = [&] {
        Offer offer = by_dropoff ? offer_dropoffs(index, filter, place_cost_ns) : offer_tiles(index, filter);
        offer.access.columns = columns;
        return offer;
    };
    if (!filter.from && !filter.to) return offer_other().access;
    TimeSlabs const& slabs = index.slabs(on);
    RowRange const blocks = slabs.blocks_of(slabs_in_window(slabs, filter));
    constexpr std::size_t surely_cheap = 128;  // blocks: then the other way is not even looked at
    if (blocks.last - blocks.first > surely_cheap) {
        Offer offer = offer_other();
        if (offer.ns <= blocks_ns(blocks, offer.share_in_box, place_cost_ns)) return std::move(offer.access);
    }
    Access access{Access::Way::slabs, on, blocks_within(slabs, blocks, filter.box), 0, columns};
    access.rows = access.pieces.size() * rows_a_block;
    return access;
}

std::vector<std::uint32_t> blocks_within(TimeSlabs const& slabs, RowRange range, std::optional<geo::Box> const& box) {
    std::vector<std::uint32_t> found;
    for_each_block_within(slabs.order.box, range, box,
                          [&](std::size_t block) { found.push_back(static_cast<std::uint32_t>(block)); });
    return found;
}

}  // namespace tessera::query
