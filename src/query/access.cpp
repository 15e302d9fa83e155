#include "access.hpp"

#include <algorithm>

namespace tessera::query {
namespace {

// What looking costs, in nanoseconds, roughly; only the choice of the way depends on it, never an answer.
constexpr double tile_ns = 80;  // two binary searches, and rows in a place of their own
constexpr double row_ns = 1;
constexpr double slab_ns = 130;  // the boxes of its blocks
constexpr double place_ns = 5;   // a row of a block: its columns are gathered from all over memory

/// The share of a tile's time span that a window covers.
double share_in_window(Filter const& filter, geo::TileTable const& tiles, std::size_t tile) {
    double const first = tiles.first_time[tile].count, last = tiles.last_time[tile].count;
    double const from = filter.from ? std::max(first, 1.0 * filter.from->count) : first;
    double const to = filter.to ? std::min(last, 1.0 * filter.to->count) : last;
    return std::clamp((to - from + 1) / (last - first + 1), 0.0, 1.0);
}

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
    Offer offer{{Access::Way::tiles, {}, {}, 0}};
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

Offer offer_dropoffs(TripIndex const& index, Filter const& filter) {
    Offer offer{{Access::Way::dropoffs, {}, {}, 0}};
    for_each_meeting(index.dropoff_tower(), *filter.box,
                     [&](std::size_t block) { offer.access.pieces.push_back(static_cast<std::uint32_t>(block)); });
    offer.access.rows = offer.access.pieces.size() * rows_a_block;
    offer.ns = place_ns * static_cast<double>(offer.access.rows);
    offer.share_in_box =
        static_cast<double>(offer.access.pieces.size()) / static_cast<double>(index.dropoffs().blocks() + 1);
    return offer;
}

/// What the slabs of the window would cost; which blocks they are is found when they are chosen.
double slabs_ns(RowRange range, double share_in_box) {
    double const slabs = static_cast<double>(range.last - range.first);
    return slabs * (slab_ns + share_in_box * place_ns * static_cast<double>(TimeSlabs::rows_a_slab));
}

}  // namespace

Access access_by_tiles(geo::LoadedTiles const& loaded, Filter const& filter) {
    Access access;
    for (std::size_t tile = 0; tile < loaded.tiles.size(); ++tile)
        if (may_match(filter, loaded.tiles, tile)) {
            access.pieces.push_back(static_cast<std::uint32_t>(tile));
            access.rows += loaded.tiles.trips_in(tile);
        }
    return access;
}

Access plan_access(TripIndex const& index, Filter const& filter) {
    // Without a box, trips whose drop-off is unknown match, too.
    bool const by_dropoff = filter.box && filter.on == End::dropoff;
    End const on = by_dropoff ? End::dropoff : End::pickup;
    RowRange const slabs = slabs_in_window(index.slabs(on), filter);
    bool const has_window = filter.from || filter.to;
    constexpr std::size_t surely_cheap = 1;  // slabs: then the other way is not even looked at
    if (!has_window || slabs.last - slabs.first > surely_cheap) {
        Offer offer = by_dropoff ? offer_dropoffs(index, filter) : offer_tiles(index, filter);
        if (!has_window || offer.ns <= slabs_ns(slabs, offer.share_in_box)) return std::move(offer.access);
    }
    Access access{Access::Way::slabs, on, blocks_of_slabs(index.slabs(on), slabs, filter.box), 0};
    access.rows = access.pieces.size() * rows_a_block;
    return access;
}

std::vector<std::uint32_t> blocks_of_slabs(TimeSlabs const& slabs, RowRange range, std::optional<geo::Box> const& box) {
    std::vector<std::uint32_t> blocks;
    std::size_t const last = std::min(range.last * TimeSlabs::blocks_a_slab, slabs.order.blocks());
    for (std::size_t block = range.first * TimeSlabs::blocks_a_slab; block < last; ++block)
        if (!box || slabs.order.box[block].intersects(*box)) blocks.push_back(static_cast<std::uint32_t>(block));
    return blocks;
}

}  // namespace tessera::query
