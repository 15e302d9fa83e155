#pragma once
#include <limits>

#include "tessera/core/civil_time.hpp"
#include "tessera/core/trip_table.hpp"

namespace tessera::report::testing {

/// A trip of which everything is known.
inline core::Trip full_trip() {
    core::Trip trip;
    trip.pickup_time = *core::parse_wall_time("2014-04-01T08:03:00");
    trip.dropoff_time = *core::parse_wall_time("2014-04-01T08:19:59");
    trip.pickup_lon = {-739857000};
    trip.pickup_lat = {407484000};
    trip.dropoff_lon = {-738740001};
    trip.dropoff_lat = {407739563};
    trip.distance = {105};
    trip.fare = {1250};
    trip.tip = {-5};
    trip.tolls = {0};
    trip.total = {1299};
    trip.passengers = {0};
    trip.payment = {1};
    trip.rate = {2};
    trip.vendor = {3};
    trip.source = core::Source::yellow;
    trip.file = {0};
    trip.line = {17};
    return trip;
}

/// A trip of which only what must be known is known.
inline core::Trip bare_trip() {
    core::Trip trip;
    trip.pickup_time = *core::parse_wall_time("2014-04-30T23:59:59");
    trip.pickup_lon = {-740000000};
    trip.pickup_lat = {5};
    trip.source = core::Source::uber;
    trip.file = {1};
    trip.line = {std::numeric_limits<std::uint32_t>::max()};
    return trip;
}

/// A trip whose every number is as far out as its column allows.
inline core::Trip extreme_trip() {
    constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min() + 1;  // the very least is "unknown"
    constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();
    core::Trip trip = full_trip();
    trip.pickup_time = {1};
    trip.dropoff_time = {std::numeric_limits<std::uint32_t>::max()};
    trip.pickup_lon = {-1'800'000'000};
    trip.pickup_lat = {900'000'000};
    trip.dropoff_lon = {-1};
    trip.dropoff_lat = {0};
    trip.distance = {most};
    trip.fare = {least};
    trip.tip = {-100};
    trip.tolls = {-99};
    trip.total = {most};
    trip.passengers = {254};
    trip.payment = trip.rate = trip.vendor = {255};
    trip.source = core::Source::green;
    return trip;
}

template <class... Trips>
core::TripTable table_of(Trips const&... trips) {
    core::TripTable table;
    (core::append(table, trips), ...);
    return table;
}

}  // namespace tessera::report::testing
