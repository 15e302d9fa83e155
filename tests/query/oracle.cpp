#include "oracle.hpp"

#include <algorithm>

namespace tessera::query::testing {
namespace {

template <class Q>
std::optional<std::int64_t> known(Q value) {
    return core::is_known(value) ? std::optional<std::int64_t>(value.count) : std::nullopt;
}

}  // namespace

geo::Point point_of(core::Trip const& trip, End on) {
    if (on == End::pickup) return {trip.pickup_lon.count, trip.pickup_lat.count};
    return {trip.dropoff_lon.count, trip.dropoff_lat.count};
}

std::optional<std::int64_t> field_of(core::Trip const& trip, Field field) {
    switch (field) {
        case Field::fare:
            return known(trip.fare);
        case Field::tip:
            return known(trip.tip);
        case Field::tolls:
            return known(trip.tolls);
        case Field::total:
            return known(trip.total);
        case Field::distance:
            return known(trip.distance);
        case Field::passengers:
            return known(trip.passengers);
        case Field::duration:
            break;
    }
    if (!core::is_known(trip.dropoff_time) || !core::is_known(trip.pickup_time)) return std::nullopt;
    return std::int64_t{trip.dropoff_time.count} - trip.pickup_time.count;
}

bool matches(Filter const& filter, core::Trip const& trip) {
    if (filter.from && trip.pickup_time < *filter.from) return false;
    if (filter.to && trip.pickup_time >= *filter.to) return false;
    if (!filter.sources.has(trip.source)) return false;
    if (!filter.box) return true;
    if (filter.on == End::dropoff && !core::is_known(trip.dropoff_lon)) return false;
    geo::Point const point = point_of(trip, filter.on);
    return filter.box->west <= point.lon && point.lon <= filter.box->east && filter.box->south <= point.lat &&
           point.lat <= filter.box->north;
}

std::vector<StoredTrip> matching_trips(geo::LoadedTiles const& loaded, Filter const& filter) {
    std::vector<StoredTrip> found;
    for (StoredTrip const& stored : stored_trips(loaded))
        if (matches(filter, stored.trip)) found.push_back(stored);
    return found;
}

Filter make_filter(Random& random, std::vector<StoredTrip> const& trips) {
    auto const any_trip = [&] {
        return trips[static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(trips.size()) - 1))].trip;
    };
    Filter filter;
    filter.on = one_in(random, 2) ? End::pickup : End::dropoff;
    if (one_in(random, 2)) filter.from = any_trip().pickup_time;
    if (one_in(random, 2)) filter.to = any_trip().pickup_time;
    if (filter.from && filter.to && one_in(random, 2)) filter.to->count = filter.from->count + 86'400;
    if (one_in(random, 2)) {
        geo::Box box;
        box.include(point_of(any_trip(), filter.on));
        box.include(point_of(any_trip(), filter.on));  // may be unknown, which makes the box reach the least integer
        filter.box = box;
    }
    if (one_in(random, 3)) {
        filter.sources = SourceSet::none();
        for (core::Source const source : core::all_sources)
            if (one_in(random, 2)) filter.sources.add(source);
    }
    return filter;
}

}  // namespace tessera::query::testing
