#include "pick_places.hpp"

#include <array>
#include <limits>

namespace tessera::query {
namespace {

using Marks = std::array<std::uint8_t, rows_a_block>;

/// The filter's window as a closed interval of times.
struct TimeInterval {
    std::uint32_t low = 0;
    std::uint32_t length = std::numeric_limits<std::uint32_t>::max();

    explicit TimeInterval(Filter const& filter) {
        if (filter.from) low = filter.from->count;
        std::uint32_t const high = filter.to ? filter.to->count - 1 : std::numeric_limits<std::uint32_t>::max();
        length = high - low;
    }
    bool has(core::WallTime time) const { return time.count - low <= length; }
};

bool is_empty(Filter const& filter) {
    if (filter.to && filter.to->count == 0) return true;
    return filter.from && filter.to && !(*filter.from < *filter.to);
}

/// The box is about the order's own end, or about the other one, whose coordinates lie elsewhere.
bool in_box(core::TripTable const& trips, RowOrder const& order, Filter const& filter, std::size_t place) {
    geo::Point const point = order.on == filter.on ? geo::Point{order.lon[place].count, order.lat[place].count}
                                                   : end_of(trips, filter.on, order.row[place]);
    return is_known(point) && filter.box->contains(point);
}

}  // namespace

std::size_t pick_rows_of_block(core::TripTable const& trips, RowOrder const& order, Filter const& filter,
                               std::size_t block, PerRow<std::uint32_t>& rows, std::size_t count) {
    if (is_empty(filter)) return count;
    RowRange const places = order.places_of(block);
    std::size_t const size = places.last - places.first;
    TimeInterval const window(filter);
    Marks marks{};
    for (std::size_t i = 0; i < size; ++i)
        marks[i] = static_cast<std::uint8_t>(window.has(order.time[places.first + i]));
    for (std::size_t i = 0; i < size; ++i) {
        std::size_t const place = places.first + i;
        if (marks[i] == 0) continue;
        if (filter.box && !in_box(trips, order, filter, place)) continue;
        if (!filter.sources.has_all() && !filter.sources.has(trips.source[order.row[place]])) continue;
        rows[count++] = order.row[place];
    }
    return count;
}

}  // namespace tessera::query
