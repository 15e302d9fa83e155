#include "slow_header.hpp"

#include <algorithm>
#include <map>

namespace tessera::ingest::testing {
namespace {

/// What is meant, and the names that it has had.
using Meanings = std::map<std::string, std::vector<std::string>>;

Meanings const taxi{
    {"pickup time", {"trip_pickup_datetime", "pickup_datetime", "tpep_pickup_datetime", "lpep_pickup_datetime"}},
    {"drop-off time", {"trip_dropoff_datetime", "dropoff_datetime", "tpep_dropoff_datetime", "lpep_dropoff_datetime"}},
    {"pickup lon", {"start_lon", "pickup_longitude"}},
    {"pickup lat", {"start_lat", "pickup_latitude"}},
    {"drop-off lon", {"end_lon", "dropoff_longitude"}},
    {"drop-off lat", {"end_lat", "dropoff_latitude"}},
    {"distance", {"trip_distance"}},
    {"fare", {"fare_amt", "fare_amount"}},
    {"tip", {"tip_amt", "tip_amount"}},
    {"tolls", {"tolls_amt", "tolls_amount"}},
    {"total", {"total_amt", "total_amount"}},
    {"passengers", {"passenger_count"}},
    {"payment", {"payment_type"}},
    {"rate", {"rate_code", "ratecodeid"}},
    {"vendor", {"vendor_name", "vendor_id", "vendorid"}}};
Meanings const uber{
    {"pickup time", {"date/time"}}, {"pickup lon", {"lon"}}, {"pickup lat", {"lat"}}, {"vendor", {"base"}}};

Meanings const& meanings_of(core::Source source) {
    return source == core::Source::uber ? uber : taxi;
}

std::vector<std::size_t> places(SlowNames const& names, std::vector<std::string> const& wanted) {
    std::vector<std::size_t> found;
    for (std::size_t column = 0; column < names.size(); ++column)
        if (std::ranges::count(wanted, names[column]) > 0) found.push_back(column);
    return found;
}

bool has_all(SlowNames const& names, Meanings const& meanings, std::initializer_list<char const*> needed) {
    return std::ranges::all_of(needed, [&](char const* one) { return !places(names, meanings.at(one)).empty(); });
}

bool has_twice(SlowNames const& names, Meanings const& meanings) {
    return std::ranges::any_of(meanings, [&](auto const& one) { return places(names, one.second).size() > 1; });
}

}  // namespace

std::optional<core::Source> slow_source(SlowNames const& names) {
    if (has_twice(names, taxi)) return std::nullopt;
    if (has_all(names, taxi,
                {"pickup time", "drop-off time", "pickup lon", "pickup lat", "drop-off lon", "drop-off lat"}))
        return places(names, {"lpep_pickup_datetime", "trip_type", "ehail_fee"}).empty() ? core::Source::yellow
                                                                                         : core::Source::green;
    if (has_twice(names, uber) || !has_all(names, uber, {"pickup time", "pickup lon", "pickup lat"}))
        return std::nullopt;
    return core::Source::uber;
}

std::optional<std::size_t> slow_column(SlowNames const& names, core::Source source, std::string const& meaning) {
    auto const found = meanings_of(source).find(meaning);
    if (found == meanings_of(source).end()) return std::nullopt;
    auto const columns = places(names, found->second);
    return columns.empty() ? std::nullopt : std::optional(columns.front());
}

std::size_t slow_width(SlowNames const& names, core::Source source) {
    std::size_t width = 0;
    for (auto const& [meaning, wanted] : meanings_of(source))
        for (std::size_t const column : places(names, wanted))
            width = std::max(width, column + 1);
    return width;
}

}  // namespace tessera::ingest::testing
