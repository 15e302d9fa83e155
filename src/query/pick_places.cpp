#include "pick_places.hpp"

#include "time_window.hpp"

namespace tessera::query {
namespace {

/// The box is about the order's own end, or about the other one, whose coordinates lie elsewhere.
bool in_box(core::TripTable const& trips, RowOrder const& order, Filter const& filter, std::size_t place) {
    geo::Point const point = order.on == filter.on ? geo::Point{order.lon[place].count, order.lat[place].count}
                                                   : end_of(trips, filter.on, order.row[place]);
    return is_known(point) && filter.box->contains(point);
}

}  // namespace

void pick_rows_of_block(core::TripTable const& trips, RowOrder const& order, Filter const& filter, std::size_t block,
                        PickedPlaces& picked) {
    TimeWindow const window(filter);
    if (window.empty()) return;
    RowRange const places = order.places_of(block);
    for (std::size_t place = places.first; place < places.last; ++place) {
        if (!window.has(order.time[place])) continue;
        if (filter.box && !in_box(trips, order, filter, place)) continue;
        if (!filter.sources.has_all() && !filter.sources.has(trips.source[order.row[place]])) continue;
        picked.rows[picked.count] = order.row[place];
        picked.times[picked.count++] = order.time[place];
    }
}

}  // namespace tessera::query
