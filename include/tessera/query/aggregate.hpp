#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/query/filter.hpp"
#include "tessera/query/group_key.hpp"
#include "tessera/query/sketch.hpp"

namespace tessera::query {

/// What one can measure of a trip. Fare, tip, tolls and total are in cents, distance in hundredths of a mile, duration
/// in seconds (drop-off less pick-up time).
enum class Field : std::uint8_t { fare, tip, tolls, total, distance, duration, passengers };
enum class Statistic : std::uint8_t { trips, sum, mean, min, max, p50, p90, p99 };

struct Measure {
    Statistic statistic = Statistic::trips;
    Field field = Field::fare;  ///< no matter for `trips`
    friend bool operator==(Measure const&, Measure const&) = default;
};

/// Local. The measures of "trips,mean:fare,p90:duration". Throws core::UsageError with the list of what there is.
std::vector<Measure> parse_measures(std::string_view text);
/// Local. The measure's name as in a header: "trips", "mean_fare".
std::string name_of(Measure measure);
/// Local. Whether a statistic is read off the sketch: p50, p90, p99.
bool is_percentile(Statistic statistic);
/// Local. Hundredths for money and distance (so that 250 prints as 2.5), 1 for the rest.
int units_per_one(Field field);

struct AggregateQuestion {
    std::vector<Key> keys;
    std::vector<Measure> measures;
    Filter filter;
};

/// Local. The columns that the question reads.
core::ColumnSet columns_of(AggregateQuestion const& question);
/// Local. The fields that its measures need, each once, in order; the shape of `Group::totals`.
std::vector<Field> fields_of(AggregateQuestion const& question);

/// Of one field over one group, the trips where it is known. Associative.
struct Totals {
    std::uint64_t known = 0;
    std::int64_t sum = 0;
    std::int64_t min = std::numeric_limits<std::int64_t>::max();
    std::int64_t max = std::numeric_limits<std::int64_t>::min();
    Sketch sketch;  ///< filled only where a percentile is asked for
    friend bool operator==(Totals const&, Totals const&) = default;
};

struct Group {
    GroupKey key{};
    std::uint64_t trips = 0;
    std::vector<Totals> totals;  ///< one per fields_of(question)
    friend bool operator==(Group const&, Group const&) = default;
};

/// Groups in ascending order of their keys, each key once.
using Groups = std::vector<Group>;

/// Local, OpenMP. The groups of the loaded trips that match.
Groups aggregate(geo::LoadedTiles const& loaded, AggregateQuestion const& question);

/// Local. The groups over both parts.
Groups merge(Groups a, Groups b);

/// A measure's value; nothing where it is a mean, least, largest or percentile over none.
struct Value {
    bool known = false;
    bool whole = false;  ///< `integer` in units of 1 / units_per_one is exact; otherwise `real` holds it
    std::int64_t integer = 0;
    double real = 0;  ///< in whole units (dollars, miles, seconds)
};
/// Local. The value of a measure of a group.
Value value_of(Group const& group, Measure measure, AggregateQuestion const& question);

}  // namespace tessera::query
