#include "slow_group_by.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "oracle.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::query::testing {
namespace {

constexpr Field all_fields[]{Field::fare,     Field::tip,      Field::tolls,     Field::total,
                             Field::distance, Field::duration, Field::passengers};

std::int64_t calendar_value(core::WallTime time, KeyKind kind) {
    using namespace std::chrono;
    sys_seconds const moment{seconds{time.count}};
    auto const day = floor<days>(moment);
    year_month_day const date{day};
    std::int64_t const hour = duration_cast<hours>(moment - day).count();
    std::int64_t const iso_weekday = weekday{day}.iso_encoding();
    switch (kind) {
        case KeyKind::year:
            return int{date.year()};
        case KeyKind::month:
            return unsigned{date.month()};
        case KeyKind::day:
            return unsigned{date.day()};
        case KeyKind::hour:
            return hour;
        case KeyKind::weekday:
            return iso_weekday;
        default:
            return 24 * (iso_weekday - 1) + hour;
    }
}

/// The cell is the one whose box holds the point, found by descending from the world.
std::int64_t tile_value(geo::Point point, unsigned level) {
    if (point.lon == std::numeric_limits<std::int32_t>::min()) return unknown_key;
    std::uint64_t prefix = 0;
    for (unsigned depth = 1; depth <= level; ++depth) {
        prefix *= 4;
        while (!geo::cell_box(prefix, depth).contains(point))
            ++prefix;
    }
    return static_cast<std::int64_t>(prefix);
}

std::int64_t mile_value(core::Centimiles distance) {
    if (!is_known(distance)) return unknown_key;
    std::int64_t const hundredths = distance.count;
    return hundredths < 0 ? -((-hundredths + 50) / 100) : (hundredths + 50) / 100;
}

std::int64_t value_of_key(core::Trip const& trip, Key key) {
    switch (key.kind) {
        case KeyKind::source:
            return static_cast<std::int64_t>(trip.source);
        case KeyKind::vendor:
            return trip.vendor.count;
        case KeyKind::passengers:
            return is_known(trip.passengers) ? trip.passengers.count : unknown_key;
        case KeyKind::payment:
            return trip.payment.count;
        case KeyKind::rate:
            return trip.rate.count;
        case KeyKind::distance_mile:
            return mile_value(trip.distance);
        case KeyKind::pickup_tile:
            return tile_value(point_of(trip, End::pickup), key.level);
        case KeyKind::dropoff_tile:
            return tile_value(point_of(trip, End::dropoff), key.level);
        default:
            return calendar_value(trip.pickup_time, key.kind);
    }
}

}  // namespace

std::map<SlowKey, SlowGroup> group_slowly(geo::LoadedTiles const& loaded, AggregateQuestion const& question) {
    std::map<SlowKey, SlowGroup> groups;
    for (StoredTrip const& stored : matching_trips(loaded, question.filter)) {
        SlowKey key;
        for (Key const one : question.keys)
            key.push_back(value_of_key(stored.trip, one));
        SlowGroup& group = groups[key];
        ++group.trips;
        for (Field const field : all_fields)
            if (auto const value = field_of(stored.trip, field)) group.values[field].push_back(*value);
    }
    return groups;
}

std::optional<double> measure_slowly(SlowGroup const& group, Measure measure) {
    if (measure.statistic == Statistic::trips) return static_cast<double>(group.trips);
    auto const found = group.values.find(measure.field);
    std::vector<std::int64_t> values = found == group.values.end() ? std::vector<std::int64_t>{} : found->second;
    double const sum = std::accumulate(values.begin(), values.end(), 0.0);
    bool const counted = measure.field == Field::duration || measure.field == Field::passengers;
    double const units = counted ? 1 : 100;
    if (measure.statistic == Statistic::sum) return sum / units;
    if (values.empty()) return std::nullopt;
    std::sort(values.begin(), values.end());
    std::size_t const n = values.size();
    auto const rank = [&](std::size_t percent) { return (n * percent + 99) / 100; };
    auto const value = [&](std::size_t place) { return static_cast<double>(values[place - 1]) / units; };
    switch (measure.statistic) {
        case Statistic::min:
            return value(1);
        case Statistic::max:
            return value(n);
        case Statistic::p50:
            return value(rank(50));
        case Statistic::p90:
            return value(rank(90));
        case Statistic::p99:
            return value(rank(99));
        default:
            return sum / static_cast<double>(n) / units;
    }
}

}  // namespace tessera::query::testing
