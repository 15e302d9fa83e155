#include "random_questions.hpp"

#include <algorithm>

namespace tessera::request::testing {
namespace {

StoredTrip const& any_trip(Random& random, std::vector<StoredTrip> const& trips) {
    return trips[static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(trips.size()) - 1))];
}

query::Filter make_any_filter(Random& random, std::vector<StoredTrip> const& trips) {
    query::Filter filter = query::testing::make_filter(random, trips);
    if (one_in(random, 3)) filter.box.reset();
    if (one_in(random, 3)) {  // a short window
        filter.from = any_trip(random, trips).trip.pickup_time;
        filter.to = core::WallTime{filter.from->count + static_cast<std::uint32_t>(pick(random, 1, 86'400))};
    }
    if (one_in(random, 3)) filter.from = filter.to = std::nullopt;
    return filter;
}

/// At a trip, beside one, or anywhere.
geo::Point make_point(Random& random, std::vector<StoredTrip> const& trips, query::End on) {
    geo::Point point = query::testing::point_of(any_trip(random, trips).trip, on);
    if (one_in(random, 6) || !query::is_known(point))
        return {static_cast<std::int32_t>(pick(random, -1'800'000'000, 1'800'000'000)),
                static_cast<std::int32_t>(pick(random, -900'000'000, 900'000'000))};
    if (one_in(random, 3)) return point;
    std::int64_t const reach = one_in(random, 2) ? 3'000 : 3'000'000;
    auto const beside = [&](std::int32_t x, std::int64_t most) {
        return static_cast<std::int32_t>(std::clamp(x + pick(random, -reach, reach), -most, most));
    };
    std::int32_t const lon = beside(point.lon, 1'800'000'000);
    return {lon, beside(point.lat, 900'000'000)};
}

query::AggregateQuestion make_aggregate(Random& random, std::vector<StoredTrip> const& trips) {
    static constexpr std::string_view keys[]{"hour,source", "pickup_tile:16", "dropoff_tile:12,weekday", "payment"};
    static constexpr std::string_view measures[]{"trips", "sum:fare,mean:tip", "p90:duration,min:total,trips"};
    auto const by = keys[static_cast<std::size_t>(pick(random, 0, 3))];
    auto const measure = measures[static_cast<std::size_t>(pick(random, 0, 2))];
    return {query::parse_keys(by), query::parse_measures(measure), make_any_filter(random, trips)};
}

}  // namespace

TripMix make_mix(Random& random, std::size_t most_trips) {
    TripMix mix{.trips = static_cast<std::size_t>(pick(random, 1, static_cast<std::int64_t>(most_trips)))};
    if (one_in(random, 3)) mix.lattice = 50'000;
    if (one_in(random, 4)) mix.seconds = 3000;
    if (one_in(random, 4)) mix.everywhere = true;
    return mix;
}

query::NearestQuestion make_nearest(Random& random, std::vector<StoredTrip> const& trips) {
    query::NearestQuestion question;
    question.filter = make_any_filter(random, trips);
    question.at = make_point(random, trips, question.filter.on);
    question.k = static_cast<std::size_t>(pick(random, 1, one_in(random, 5) ? 5000 : 20));
    if (one_in(random, 3)) question.within_metres = static_cast<double>(pick(random, 0, one_in(random, 2) ? 50 : 5000));
    return question;
}

Question make_question(Random& random, std::vector<StoredTrip> const& trips) {
    switch (pick(random, 0, 2)) {
        case 0:
            return make_nearest(random, trips);
        case 1: {
            query::Filter const filter = make_any_filter(random, trips);
            auto const limit = static_cast<std::uint64_t>(pick(random, 1, one_in(random, 3) ? 5000 : 30));
            return query::RangeQuestion{filter, limit, one_in(random, 4)};
        }
        default:
            return make_aggregate(random, trips);
    }
}

std::vector<std::size_t> make_cuts(Random& random, std::size_t tiles, std::size_t runs) {
    std::vector<std::size_t> cuts{0, tiles};
    while (cuts.size() < runs + 1)
        cuts.push_back(one_in(random, 4) ? cuts.back()
                                         : static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(tiles))));
    std::sort(cuts.begin(), cuts.end());
    return cuts;
}

}  // namespace tessera::request::testing
