#include "tessera/query/row_order.hpp"

#include <algorithm>
#include <boost/sort/spreadsort/integer_sort.hpp>
#include <limits>
#include <stdexcept>

#include "tessera/core/exception_keeper.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::query {
namespace {

namespace spreadsort = boost::sort::spreadsort;

/// A row and what it is sorted by; rows of equal keys stand in any order, which no answer depends on.
struct KeyedRow {
    std::uint64_t key;
    std::uint32_t row;
    friend bool operator<(KeyedRow const& a, KeyedRow const& b) { return a.key < b.key; }
};

std::size_t rows_of(geo::LoadedTiles const& loaded) {
    std::uint64_t const rows = geo::trip_count(loaded.tiles);
    if (rows > std::numeric_limits<std::uint32_t>::max())
        throw std::length_error("a rank's share is 2^32 trips or more; use more ranks");
    return rows;
}

/// Fills what is kept beside the rows of an order, and bounds its blocks.
void complete(RowOrder& order, core::TripTable const& trips) {
    order.lon.resize(order.row.size());
    order.lat.resize(order.row.size());
    order.time.resize(order.row.size());
    order.box.resize((order.row.size() + rows_a_block - 1) / rows_a_block);
#pragma omp parallel for schedule(static)
    for (std::size_t block = 0; block < order.box.size(); ++block) {
        RowRange const places = order.places_of(block);
        for (std::size_t place = places.first; place < places.last; ++place) {
            geo::Point const end = end_of(trips, order.on, order.row[place]);
            order.lon[place] = core::Angle{end.lon};
            order.lat[place] = core::Angle{end.lat};
            order.time[place] = trips.pickup_time[order.row[place]];
            order.box[block].include(end);
        }
    }
}

/// The rows with that end known, in the order of the loaded tiles.
std::vector<std::uint32_t> rows_with(geo::LoadedTiles const& loaded, End on) {
    std::size_t const all = rows_of(loaded);
    std::vector<std::uint32_t> rows;
    rows.reserve(on == End::pickup ? all : 0);
    for (std::size_t row = 0; row < all; ++row)
        if (is_known(end_of(loaded.trips, on, row))) rows.push_back(static_cast<std::uint32_t>(row));
    return rows;
}

void sort_by_time(std::vector<std::uint32_t>& rows, std::vector<core::WallTime> const& times) {
    std::vector<std::uint64_t> keys(rows.size());
#pragma omp parallel for schedule(static)
    for (std::size_t i = 0; i < keys.size(); ++i)
        keys[i] = std::uint64_t{times[rows[i]].count} << 32 | rows[i];
    spreadsort::integer_sort(keys.begin(), keys.end());
    for (std::size_t place = 0; place < rows.size(); ++place)
        rows[place] = static_cast<std::uint32_t>(keys[place]);
}

/// Puts the rows of one slab into the order of the curve.
void follow_curve(std::vector<std::uint32_t>& rows, RowRange slab, core::TripTable const& trips, End on) {
    std::vector<KeyedRow> keyed;
    keyed.reserve(slab.last - slab.first);
    for (std::size_t place = slab.first; place < slab.last; ++place)
        keyed.push_back({geo::hilbert_key(end_of(trips, on, rows[place])), rows[place]});
    std::sort(keyed.begin(), keyed.end());
    for (std::size_t i = 0; i < keyed.size(); ++i)
        rows[slab.first + i] = keyed[i].row;
}

}  // namespace

RowOrder order_by_dropoff(geo::LoadedTiles const& loaded) {
    RowOrder order;
    order.on = End::dropoff;
    order.row = rows_with(loaded, End::dropoff);
    std::vector<KeyedRow> keyed(order.row.size());
#pragma omp parallel for schedule(static)
    for (std::size_t i = 0; i < keyed.size(); ++i)
        keyed[i] = {geo::hilbert_key(end_of(loaded.trips, End::dropoff, order.row[i])), order.row[i]};
    spreadsort::integer_sort(keyed.begin(), keyed.end(),
                             [](KeyedRow const& one, unsigned shift) { return one.key >> shift; });
    for (std::size_t i = 0; i < keyed.size(); ++i)
        order.row[i] = keyed[i].row;
    complete(order, loaded.trips);
    return order;
}

TimeSlabs cut_time_slabs(geo::LoadedTiles const& loaded, End on) {
    core::TripTable const& trips = loaded.trips;
    TimeSlabs slabs;
    std::vector<std::uint32_t>& rows = slabs.order.row;
    slabs.order.on = on;
    rows = rows_with(loaded, on);
    sort_by_time(rows, trips.pickup_time);
    for (std::size_t first = 0; first < rows.size(); first += TimeSlabs::rows_a_slab) {
        slabs.first_time.push_back(trips.pickup_time[rows[first]]);
        slabs.last_time.push_back(trips.pickup_time[rows[std::min(first + TimeSlabs::rows_a_slab, rows.size()) - 1]]);
    }
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic)
    for (std::size_t slab = 0; slab < slabs.slabs(); ++slab)
        keeper.run([&] {
            std::size_t const first = slab * TimeSlabs::rows_a_slab;
            follow_curve(rows, {first, std::min(first + TimeSlabs::rows_a_slab, rows.size())}, trips, on);
        });
    keeper.rethrow();
    complete(slabs.order, trips);
    return slabs;
}

RowRange slabs_in_window(TimeSlabs const& slabs, Filter const& filter) {
    RowRange range{0, slabs.slabs()};
    auto const place_of = [](auto const& list, auto found) { return static_cast<std::size_t>(found - list.begin()); };
    if (filter.from)
        range.first =
            place_of(slabs.last_time, std::lower_bound(slabs.last_time.begin(), slabs.last_time.end(), *filter.from));
    if (filter.to)
        range.last =
            place_of(slabs.first_time, std::lower_bound(slabs.first_time.begin(), slabs.first_time.end(), *filter.to));
    return range.first < range.last ? range : RowRange{0, 0};
}

}  // namespace tessera::query
