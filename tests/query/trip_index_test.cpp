#include "tessera/query/trip_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "harness/seed.hpp"
#include "oracle.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

TripMix make_mix(Random& random) {
    TripMix mix{.trips = static_cast<std::size_t>(pick(random, 1, 12'000))};
    if (one_in(random, 3)) mix.lattice = 50'000;   // many equal distances
    if (one_in(random, 4)) mix.seconds = 3000;     // many equal times
    if (one_in(random, 4)) mix.everywhere = true;  // boxes all over the globe
    return mix;
}

/// Windows that are short against the trips' span, so that the slabs are what is asked.
void shorten_window(Random& random, TripMix const& mix, Filter& filter) {
    auto const from = mix.first.count + static_cast<std::uint32_t>(pick(random, 0, mix.seconds));
    filter.from = core::WallTime{from};
    filter.to = core::WallTime{from + static_cast<std::uint32_t>(pick(random, 1, 1 + mix.seconds / 20))};
}

Filter make_any_filter(Random& random, TripMix const& mix, std::vector<StoredTrip> const& trips) {
    Filter filter = make_filter(random, trips);
    if (one_in(random, 2)) shorten_window(random, mix, filter);
    return filter;
}

void expect_places(geo::LoadedTiles const& loaded, RowOrder const& order) {
    std::vector<std::uint32_t> rows;
    for (std::size_t block = 0; block < order.blocks(); ++block) {
        RowRange const places = order.places_of(block);
        ASSERT_GT(places.last, places.first);
        for (std::size_t place = places.first; place < places.last; ++place) {
            rows.push_back(order.row[place]);
            geo::Point const point = end_of(loaded.trips, order.on, order.row[place]);
            EXPECT_EQ(order.point(loaded.trips, order.frame(block), place), point);
            EXPECT_TRUE(order.box.box(block).contains(point));
        }
    }
    std::sort(rows.begin(), rows.end());
    EXPECT_EQ(std::adjacent_find(rows.begin(), rows.end()), rows.end()) << "a row stands twice";
    std::size_t known = 0;
    for (std::size_t row = 0; row < loaded.trips.size(); ++row)
        known += is_known(end_of(loaded.trips, order.on, row)) ? 1 : 0;
    EXPECT_EQ(rows.size(), known);
}

void expect_slabs(geo::LoadedTiles const& loaded, TimeSlabs const& slabs) {
    for (std::size_t slab = 0; slab < slabs.slabs(); ++slab) {
        if (slab > 0) {
            EXPECT_LT(slabs.last_time[slab - 1], slabs.first_time[slab]);
        }
        RowRange const blocks = slabs.blocks_of({slab, slab + 1});
        for (std::size_t block = blocks.first; block < blocks.last; ++block)
            for (std::size_t place = block * rows_a_block; place < slabs.order.places_of(block).last; ++place) {
                EXPECT_EQ(slabs.time(place), loaded.trips.pickup_time[slabs.order.row[place]]);
                EXPECT_LE(slabs.first_time[slab], slabs.time(place));
                EXPECT_GE(slabs.last_time[slab], slabs.time(place));
            }
    }
}

void expect_same(std::vector<Neighbour> const& found, std::vector<Neighbour> const& wanted) {
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].metres, wanted[i].metres);
        EXPECT_EQ(found[i].store_row, wanted[i].store_row);
        EXPECT_EQ(found[i].file, wanted[i].file);
        EXPECT_EQ(found[i].line, wanted[i].line);
    }
}

void expect_nearest(TripIndex const& index, NearestQuestion const& question) {
    Looked looked;
    auto const found = find_nearest(index, question, looked);
    EXPECT_GE(looked.rows, found.size());
    expect_same(found, NearestIndex(index.loaded(), question.filter.on).find(question));
}

void expect_range(TripIndex const& index, RangeQuestion const& question) {
    Looked looked;
    auto const found = find_range(index, question, looked);
    auto const wanted = matching_trips(index.loaded(), question.filter);
    EXPECT_EQ(found.matched, wanted.size());
    EXPECT_GE(looked.rows, found.matched);
    auto const listed = find_range(index.loaded(), question).matches;
    ASSERT_EQ(found.matches.size(), listed.size());
    for (std::size_t i = 0; i < listed.size(); ++i)
        EXPECT_EQ(found.matches[i].store_row, listed[i].store_row);
}

void expect_groups(TripIndex const& index, std::string_view keys, Filter const& filter) {
    AggregateQuestion const question{parse_keys(keys), parse_measures("trips,sum:fare,p50:duration,max:tip"), filter};
    Looked looked;
    EXPECT_EQ(aggregate(index, question, looked), aggregate(index.loaded(), question));
}

/// At a trip or beside it, with a radius that now and then goes through a trip, or ends just before it.
NearestQuestion make_nearest(Random& random, TripMix const& mix, std::vector<StoredTrip> const& trips) {
    auto const any_trip = [&] {
        return trips[static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(trips.size()) - 1))].trip;
    };
    NearestQuestion question;
    question.filter = make_any_filter(random, mix, trips);
    question.at = point_of(any_trip(), End::pickup);
    if (one_in(random, 2)) question.at.lon += static_cast<std::int32_t>(pick(random, -300'000, 300'000));
    question.k = static_cast<std::size_t>(pick(random, 1, one_in(random, 3) ? 2 : 40));
    if (one_in(random, 3)) question.within_metres = static_cast<double>(pick(random, 0, 3000));
    if (one_in(random, 6)) {
        question.within_metres = geo::great_circle_metres(question.at, point_of(any_trip(), question.filter.on));
        if (one_in(random, 2)) question.within_metres = std::nextafter(*question.within_metres, 0.0);
    }
    return question;
}

class TripIndexOf : public ::testing::TestWithParam<std::uint64_t> {};

/// The functions without an index have oracles of their own.
TEST_P(TripIndexOf, AnswersAsTheFunctionsWithoutIndex) {
    Random random(harness::seed() + GetParam());
    TripMix const mix = make_mix(random);
    auto const loaded = tile_up(make_trips(random, mix), static_cast<std::size_t>(pick(random, 10, 400)),
                                static_cast<std::uint64_t>(pick(random, 0, 9999)));
    auto const trips = stored_trips(loaded);
    TripIndex const index(loaded);
    expect_places(loaded, index.slabs(End::pickup).order);
    expect_places(loaded, index.slabs(End::dropoff).order);
    expect_places(loaded, index.curve(End::pickup));
    expect_places(loaded, index.curve(End::dropoff));
    expect_slabs(loaded, index.slabs(End::pickup));
    expect_slabs(loaded, index.slabs(End::dropoff));
    for (int round = 0; round < 30; ++round) {
        SCOPED_TRACE(::testing::Message() << "round " << round);
        NearestQuestion const nearest = make_nearest(random, mix, trips);
        expect_nearest(index, nearest);
        RangeQuestion const range{make_any_filter(random, mix, trips), static_cast<std::uint64_t>(pick(random, 0, 60)),
                                  one_in(random, 4)};
        expect_range(index, range);
        expect_groups(index, one_in(random, 2) ? "hour,source" : "pickup_tile:18,weekday",
                      make_any_filter(random, mix, trips));
        expect_groups(index, "hour_of_week,payment", make_any_filter(random, mix, trips));
    }
}

/// Many together, of all kinds, in any order.
TEST_P(TripIndexOf, AnswersManyTogether) {
    Random random(harness::seed() + 1000 + GetParam());
    TripMix const mix = make_mix(random);
    auto const loaded = tile_up(make_trips(random, mix), static_cast<std::size_t>(pick(random, 10, 400)));
    auto const trips = stored_trips(loaded);
    TripIndex const index(loaded);
    std::vector<NearestQuestion> questions(static_cast<std::size_t>(pick(random, 0, 200)));
    for (NearestQuestion& question : questions) {
        question = make_nearest(random, mix, trips);
        if (!one_in(random, 4)) question.filter.from = question.filter.to = std::nullopt;
        if (!one_in(random, 4)) question.filter.box = std::nullopt;
        if (!one_in(random, 4)) question.filter.sources = {};
    }
    std::vector<NearestQuestion const*> asked;
    for (NearestQuestion const& question : questions)
        asked.push_back(&question);
    with_thread_counts([&] {
        std::vector<int> times(questions.size());
        find_nearest_of_each(index, asked, [&](std::size_t number, std::vector<Neighbour> const& found, Looked const&) {
            ++times[number];
            auto const& question = questions[number];
            auto const wanted = NearestIndex(loaded, question.filter.on).find(question);
            expect_same(found, wanted);
        });
        EXPECT_EQ(times, std::vector<int>(questions.size(), 1));
    });
}

/// Hours with more trips than a slab may have: they are cut at finer steps.
TEST(TripIndexOfBusyHours, CutsThem) {
    Random random(harness::seed());
    TripMix const mix{.trips = 300'000, .seconds = 2 * 3600};
    auto const loaded = tile_up(make_trips(random, mix), 1000);
    TripIndex const index(loaded);
    TimeSlabs const& slabs = index.slabs(End::pickup);
    expect_places(loaded, slabs.order);
    expect_slabs(loaded, slabs);
    EXPECT_GE(slabs.slabs(), 4U);
    for (std::size_t slab = 0; slab < slabs.slabs(); ++slab) {
        RowRange const blocks = slabs.blocks_of({slab, slab + 1});
        EXPECT_LE(blocks.last - blocks.first, 131'072 / rows_a_block);
    }
    for (int round = 0; round < 5; ++round) {
        Filter filter;
        shorten_window(random, mix, filter);
        expect_range(index, {filter, 10, false});
    }
}

/// Many of each of a few busy hours, of which some begin or end in the middle of a slab.
TEST_P(TripIndexOf, AnswersManyOfAnHourTogether) {
    Random random(harness::seed() + 2000 + GetParam());
    TripMix mix = make_mix(random);
    mix.trips = 20'000;
    mix.seconds = 6 * 3600;
    mix.everywhere = false;
    auto const loaded = tile_up(make_trips(random, mix), 300);
    auto const trips = stored_trips(loaded);
    TripIndex const index(loaded);
    std::vector<NearestQuestion> questions(600);
    for (NearestQuestion& question : questions) {
        question = make_nearest(random, mix, trips);
        question.filter.box = std::nullopt;
        if (!one_in(random, 4)) question.filter.sources = {};
        std::uint32_t const from = mix.first.count + static_cast<std::uint32_t>(pick(random, 0, 5)) * 3600;
        question.filter.from = core::WallTime{from + (one_in(random, 3) ? 600U : 0U)};
        question.filter.to = core::WallTime{from + (one_in(random, 3) ? 5400U : 3600U)};
    }
    std::vector<NearestQuestion const*> asked;
    for (NearestQuestion const& question : questions) {
        EXPECT_EQ(is_quick(question), question.k > 0 && question.k <= 32);
        asked.push_back(&question);
    }
    with_thread_counts([&] {
        std::vector<int> times(questions.size());
        find_nearest_of_each(index, asked, [&](std::size_t number, std::vector<Neighbour> const& found, Looked const&) {
            ++times[number];
            auto const& question = questions[number];
            expect_same(found, NearestIndex(loaded, question.filter.on).find(question));
        });
        EXPECT_EQ(times, std::vector<int>(questions.size(), 1));
    });
}

INSTANTIATE_TEST_SUITE_P(Seeds, TripIndexOf, ::testing::Range<std::uint64_t>(0, 24));

TEST(TripIndex, TakesTheShortWay) {
    Random random(harness::seed());
    TripMix mix{.trips = 60'000};
    auto const loaded = tile_up(make_trips(random, mix), 200);
    TripIndex const index(loaded);
    NearestQuestion question;
    question.at = point_of(stored_trips(loaded).front().trip, End::pickup);
    question.filter.from = core::WallTime{mix.first.count + 1'000'000};
    question.filter.to = core::WallTime{mix.first.count + 1'003'600};
    Looked looked;
    find_nearest(index, question, looked);
    EXPECT_LT(looked.rows, 2000U);
    RangeQuestion box;
    box.filter.box = geo::Box{question.at.lon, question.at.lat, question.at.lon + 1000, question.at.lat + 1000};
    Looked in_box;
    find_range(index, box, in_box);
    EXPECT_LT(in_box.rows, 10'000U);
}

/// Fewer than are wanted: everything is looked at, and nothing beyond it.
TEST(TripIndex, OfFewTrips) {
    Random random(harness::seed());
    for (std::size_t const count : {1U, 5U, 31U, 33U, 513U, 600U}) {
        auto const loaded = tile_up(make_trips(random, {.trips = count, .odd_values = false}), 50);
        TripIndex const index(loaded);
        for (End const on : {End::pickup, End::dropoff})
            for (std::size_t const k : {32U, 1000U}) {
                NearestQuestion question;
                question.at = {-739'000'000, 407'000'000};
                question.k = k;
                question.filter.on = on;
                question.filter.sources = SourceSet::none();  // then nobody is near enough for a limit
                question.filter.sources.add(core::Source::green);
                expect_nearest(index, question);
                question.at = {100'000'000, -300'000'000};  // so far that steps vanish in single precision
                expect_nearest(index, question);
                question.filter.from = core::WallTime{1};
                expect_nearest(index, question);
            }
    }
}

/// More at one place than a search on the plane has room for, some of them a step beside it.
TEST(TripIndex, OfManyAtTheSamePlace) {
    Random random(harness::seed());
    auto trips = make_trips(random, {.trips = 3000, .odd_values = false});
    for (std::size_t i = 0; i < trips.size(); ++i)
        if (i % 3 == 0) {
            trips[i].pickup_lon.count = -739'000'000 + static_cast<std::int32_t>(pick(random, 0, 1));
            trips[i].pickup_lat.count = 407'000'000;
        }
    auto const loaded = tile_up(trips, 100);
    TripIndex const index(loaded);
    for (std::int32_t const beside : {0, 1, 1000, 90'000})
        for (std::size_t const k : {1U, 10U, 32U, 33U}) {
            NearestQuestion question;
            question.at = {-739'000'000 + beside, 407'000'000 - beside};
            question.k = k;
            expect_nearest(index, question);
            question.filter.to = core::WallTime{0xffff'ffff};
            expect_nearest(index, question);
        }
}

/// Far from north to south, where one bound for all of a slab must be loose, and the curve begins in the south.
TEST(TripIndex, OfTripsFromNorthToSouth) {
    Random random(harness::seed());
    auto trips = make_trips(random, {.trips = 4000, .odd_values = false});
    for (core::Trip& trip : trips) {
        trip.pickup_lon.count = static_cast<std::int32_t>(pick(random, -742'000'000, -738'000'000));
        trip.pickup_lat.count = static_cast<std::int32_t>(pick(random, 387'000'000, 427'000'000));
    }
    auto const loaded = tile_up(trips, 100);
    TripIndex const index(loaded);
    for (int i = 0; i < 100; ++i) {
        NearestQuestion question;
        question.at = {static_cast<std::int32_t>(pick(random, -742'000'000, -738'000'000)),
                       static_cast<std::int32_t>(pick(random, 387'000'000, 427'000'000))};
        question.k = 100;
        question.filter.from = core::WallTime{1};
        expect_nearest(index, question);
    }
}

TEST(TripIndex, WhereNoneIsWanted) {
    Random random(harness::seed());
    auto const loaded = tile_up(make_trips(random, {.trips = 500}), 50);
    TripIndex const index(loaded);
    NearestQuestion question;
    question.k = 0;
    for (End const on : {End::pickup, End::dropoff})
        for (auto const from : {std::optional<core::WallTime>(), std::optional<core::WallTime>(core::WallTime{1})}) {
            question.filter.on = on;
            question.filter.from = from;
            Looked looked;
            EXPECT_TRUE(find_nearest(index, question, looked).empty());
        }
}

TEST(TripIndex, OfNothing) {
    geo::LoadedTiles none;
    none.tiles.first_trip.push_back(0);
    TripIndex const index(none);
    Looked looked;
    EXPECT_TRUE(find_nearest(index, {}, looked).empty());
    EXPECT_EQ(find_range(index, {}, looked).matched, 0U);
    EXPECT_TRUE(aggregate(index, {parse_keys("hour"), parse_measures("trips"), {}}, looked).empty());
    NearestQuestion windowed;
    windowed.filter.from = core::WallTime{5};
    windowed.filter.on = End::dropoff;
    EXPECT_TRUE(find_nearest(index, windowed, looked).empty());
}

TEST(TripIndex, WantsOneRunOfTiles) {
    Random random(harness::seed());
    auto loaded = tile_up(make_trips(random, {.trips = 500}), 50);
    loaded.store_row.back() += 1;
    EXPECT_THROW(TripIndex{loaded}, std::invalid_argument);
}

}  // namespace
}  // namespace tessera::query
