#include "describe.hpp"

#include <fmt/format.h>

#include "tessera/query/pack_groups.hpp"

namespace tessera::request::testing {
namespace {

template <class Value>
std::string text_of(std::optional<Value> const& value) {
    return value ? fmt::format("{}", *value) : "any";
}

std::string text_of(std::optional<core::WallTime> const& time) {
    return time ? fmt::format("{}", time->count) : "any";
}

std::string text_of(query::Filter const& filter) {
    std::string text = fmt::format(" from {} to {}", text_of(filter.from), text_of(filter.to));
    if (filter.box)
        text +=
            fmt::format(" box {},{},{},{}", filter.box->west, filter.box->south, filter.box->east, filter.box->north);
    text += filter.on == query::End::pickup ? " on pickup of" : " on dropoff of";
    for (core::Source const source : core::all_sources)
        if (filter.sources.has(source)) text += fmt::format(" {}", core::name_of(source));
    return text;
}

std::string text_of(core::Trip const& trip) {
    return fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}:{}", trip.pickup_time.count,
                       trip.dropoff_time.count, trip.pickup_lon.count, trip.pickup_lat.count, trip.dropoff_lon.count,
                       trip.dropoff_lat.count, trip.distance.count, trip.fare.count, trip.tip.count, trip.tolls.count,
                       trip.total.count, trip.passengers.count, trip.payment.count, trip.rate.count, trip.vendor.count,
                       static_cast<int>(trip.source), trip.file.count, trip.line.count);
}

struct TextOf {
    std::string operator()(query::NearestQuestion const& q) const {
        return fmt::format("nearest {} to {},{} within {}", q.k, q.at.lon, q.at.lat, text_of(q.within_metres));
    }
    std::string operator()(query::RangeQuestion const& q) const {
        return fmt::format("range limit {}{}", q.limit, q.count_only ? " count" : "");
    }
    std::string operator()(query::AggregateQuestion const& q) const {
        std::string text = "aggregate by";
        for (query::Key const key : q.keys)
            text += " " + query::name_of(key);
        text += " measure";
        for (query::Measure const measure : q.measures)
            text += " " + query::name_of(measure);
        return text;
    }
};

}  // namespace

std::string describe(Question const& question) {
    return std::visit(TextOf{}, question) + text_of(filter_of(question));
}

std::string describe(Part const& part) {
    std::string text = fmt::format("{} '{}' matched {}\n", name_of(part.outcome), part.message, part.matched);
    for (FoundRide const& ride : part.rides)
        text += fmt::format("{:a} {}\n", ride.metres, text_of(ride.trip));
    for (std::uint64_t const word : query::pack_groups(part.groups))
        text += fmt::format("{} ", word);
    return text;
}

}  // namespace tessera::request::testing
