#include "tessera/query/aggregate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "harness/seed.hpp"
#include "oracle.hpp"
#include "slow_group_by.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

AggregateQuestion question_of(std::string_view keys, std::string_view measures) {
    return {parse_keys(keys), parse_measures(measures), {}};
}

constexpr char every_measure[] =
    "trips,sum:fare,mean:fare,min:fare,max:fare,p50:fare,p90:fare,p99:fare,mean:tip,max:tolls,sum:total,p90:distance,"
    "sum:distance,mean:duration,p50:duration,min:duration,max:passengers,mean:passengers,p99:passengers";

void expect_measure(Group const& found, SlowGroup const& wanted, Measure measure, AggregateQuestion const& question) {
    SCOPED_TRACE(name_of(measure));
    Value const value = value_of(found, measure, question);
    auto const exact = measure_slowly(wanted, measure);
    ASSERT_EQ(value.known, exact.has_value());
    if (!value.known) return;
    bool const is_trips = measure.statistic == Statistic::trips;
    bool const wants_whole = is_trips || measure.statistic == Statistic::sum || measure.statistic == Statistic::min ||
                             measure.statistic == Statistic::max;
    EXPECT_EQ(value.whole, wants_whole);
    double const units = is_trips ? 1 : units_per_one(measure.field);
    double const number = value.whole ? static_cast<double>(value.integer) / units : value.real;
    double const slack = is_percentile(measure.statistic) ? 0.01 : 1e-12;
    EXPECT_LE(std::abs(number - *exact), std::abs(*exact) * slack) << number << " is not " << *exact;
}

void expect_right(geo::LoadedTiles const& loaded, AggregateQuestion const& question) {
    Groups const groups = aggregate(loaded, question);
    auto const wanted = group_slowly(loaded, question);
    ASSERT_EQ(groups.size(), wanted.size());
    auto slow = wanted.begin();
    for (Group const& group : groups) {  // in the order of the map: unknown last
        SlowKey key;
        for (auto const& value : unpack(group.key, question.keys))
            key.push_back(value.value_or(unknown_key));
        ASSERT_EQ(key, slow->first);
        for (Measure const measure : question.measures)
            expect_measure(group, slow->second, measure, question);
        ++slow;
    }
}

std::vector<std::string> const key_lists{
    "source",
    "hour,weekday",
    "weekday,hour",
    "hour_of_week",
    "passengers,year,distance_mile",
    "distance_mile",
    "vendor,payment",
    "year,month,day",
    "rate,month",
    "pickup_tile:0",
    "pickup_tile:8",
    "dropoff_tile:0",
    "dropoff_tile:14,source",
    "pickup_tile:24",
    "pickup_tile:24,dropoff_tile:24",
    "source,vendor,passengers,payment,rate,year,month,day,hour,weekday,hour_of_week,distance_mile,pickup_tile:24,"
    "dropoff_tile:24",
};

TEST(Aggregate, AgreesWithTheSlowGroupBy) {
    std::uint64_t seed = harness::seed();
    for (std::string const& keys : key_lists)
        for (int round = 0; round < 6; ++round) {
            SCOPED_TRACE(::testing::Message() << "seed " << ++seed << ", keys " << keys);
            Random random(seed);
            TripMix mix{.trips = 1200, .lattice = 10'000, .everywhere = one_in(random, 4)};
            if (one_in(random, 3)) mix = {.trips = 800, .first = {1}, .seconds = 4'200'000'000};
            auto const tile_trips = static_cast<std::size_t>(pick(random, 1, 3000));
            geo::LoadedTiles loaded = tile_up(make_trips(random, mix), tile_trips);
            if (one_in(random, 2)) loaded = leave_some_out(random, loaded);
            AggregateQuestion question = question_of(keys, every_measure);
            if (round > 0 && loaded.tiles.size() > 0) question.filter = make_filter(random, stored_trips(loaded));
            expect_right(loaded, question);
        }
}

TEST(Aggregate, CalendarIsRightAtItsEnds) {
    std::vector<core::Trip> trips;
    core::Trip trip;
    for (std::uint32_t const time :
         {1U, 86'399U, 86'400U, 951'782'400U /* 2000-02-29 */, 4'107'542'399U, 4'294'967'295U}) {
        trip.pickup_time.count = time;
        ++trip.line.count;
        trips.push_back(trip);
    }
    expect_right(tile_up(trips, 10), question_of("year,month,day,hour,weekday,hour_of_week", "trips"));
}

TEST(Aggregate, MilesAreRoundedHalfAwayFromZero) {
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    std::vector<core::Trip> trips;
    core::Trip trip;
    for (std::int32_t const hundredths : {-most, -150, -149, -51, -50, -49, 0, 49, 50, 149, 150, most, -most - 1}) {
        trip.distance.count = hundredths;
        ++trip.line.count;
        trips.push_back(trip);
    }
    AggregateQuestion const question = question_of("distance_mile", "trips");
    Groups const groups = aggregate(tile_up(trips, 5), question);
    std::vector<std::pair<std::optional<std::int64_t>, std::uint64_t>> found;
    for (Group const& group : groups)
        found.emplace_back(unpack(group.key, question.keys)[0], group.trips);
    decltype(found)
        const wanted{{-21'474'836, 1}, {-2, 1}, {-1, 3}, {0, 3}, {1, 2}, {2, 1}, {21'474'836, 1}, {std::nullopt, 1}};
    EXPECT_EQ(found, wanted);
}

TEST(Aggregate, SameAtAnyThreadCount) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 70'000}), 300);
    for (char const* const keys : {"hour,weekday", "passengers,year,distance_mile", "pickup_tile:20,dropoff_tile:24"}) {
        AggregateQuestion const question = question_of(keys, every_measure);
        expect_right(loaded, question_of(keys, "trips,mean:fare"));
        std::optional<Groups> first;
        with_thread_counts([&] {
            Groups groups = aggregate(loaded, question);
            if (!first) first = groups;
            EXPECT_TRUE(groups == *first);
        });
    }
}

TEST(Aggregate, MergingPartsGivesTheWhole) {
    Random random(harness::seed());
    auto const trips = make_trips(random, {.trips = 3000});
    AggregateQuestion const question = question_of("vendor,hour,distance_mile", every_measure);
    std::vector<core::Trip> parts[3];
    for (core::Trip const& trip : trips)
        parts[pick(random, 0, 2)].push_back(trip);
    Groups answers[3];
    for (std::size_t i = 0; i < 3; ++i)
        answers[i] = aggregate(tile_up(parts[i], 64), question);
    Groups const whole = aggregate(tile_up(trips, 64), question);
    EXPECT_TRUE(merge(merge(answers[0], answers[1]), answers[2]) == whole);
    EXPECT_TRUE(merge(answers[2], merge(answers[1], answers[0])) == whole);
    EXPECT_TRUE(merge(whole, {}) == whole && merge({}, whole) == whole);
}

TEST(Aggregate, NothingMatchingMakesNoGroup) {
    AggregateQuestion question = question_of("hour", "trips,mean:fare");
    EXPECT_TRUE(aggregate(geo::LoadedTiles{}, question).empty());
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 500}), 50);
    question.filter.sources = SourceSet::none();
    EXPECT_TRUE(aggregate(loaded, question).empty());
}

TEST(Aggregate, NoKeyMakesOneGroup) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 500}), 50);
    AggregateQuestion question;
    question.measures = parse_measures("trips,sum:fare");
    expect_right(loaded, question);
}

TEST(Aggregate, ValuesOverNoneAreUnknownButTheirSum) {
    core::Trip trip;
    trip.line.count = 2;
    AggregateQuestion const question = question_of("source", "trips,sum:fare,mean:fare,min:fare,max:fare,p50:fare");
    Groups const groups = aggregate(tile_up({trip}, 5), question);
    ASSERT_EQ(groups.size(), 1U);
    for (Measure const measure : question.measures) {
        bool const counts = measure.statistic == Statistic::trips || measure.statistic == Statistic::sum;
        EXPECT_EQ(value_of(groups[0], measure, question).known, counts) << name_of(measure);
    }
    EXPECT_EQ(value_of(groups[0], {Statistic::sum, Field::fare}, question).integer, 0);
}

}  // namespace
}  // namespace tessera::query
