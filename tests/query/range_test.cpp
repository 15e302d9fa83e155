#include "tessera/query/range.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/seed.hpp"
#include "oracle.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

std::vector<std::uint64_t> rows_of(std::vector<Match> const& matches) {
    std::vector<std::uint64_t> rows;
    for (Match const& match : matches)
        rows.push_back(match.store_row);
    return rows;
}

/// The oracle: looks at each trip, sorts all, keeps the first.
RangeAnswer find_slowly(geo::LoadedTiles const& loaded, RangeQuestion const& question) {
    RangeAnswer answer;
    for (StoredTrip const& stored : matching_trips(loaded, question.filter)) {
        ++answer.matched;
        if (question.count_only) continue;
        answer.matches.push_back({stored.trip.pickup_time, stored.trip.line, stored.trip.file, stored.store_row});
    }
    std::sort(answer.matches.begin(), answer.matches.end());
    if (question.limit > 0 && answer.matches.size() > question.limit) answer.matches.resize(question.limit);
    return answer;
}

void expect_same(RangeAnswer const& found, RangeAnswer const& wanted) {
    EXPECT_EQ(found.matched, wanted.matched);
    EXPECT_EQ(rows_of(found.matches), rows_of(wanted.matches));
    for (std::size_t i = 0; i < std::min(found.matches.size(), wanted.matches.size()); ++i) {
        EXPECT_EQ(found.matches[i].line, wanted.matches[i].line);
        EXPECT_EQ(found.matches[i].file, wanted.matches[i].file);
        EXPECT_EQ(found.matches[i].pickup_time, wanted.matches[i].pickup_time);
    }
}

TEST(Range, AgreesWithLookingAtEachTrip) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 150; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        // Few seconds and a coarse lattice: many trips share their pick-up time, and lie on edges.
        TripMix mix{.trips = 1500, .seconds = 200'000, .lattice = 50'000};
        if (one_in(random, 3)) mix.seconds = 40;
        auto const tile_trips = static_cast<std::size_t>(pick(random, 1, 2000));
        geo::LoadedTiles loaded = tile_up(make_trips(random, mix), tile_trips, 10'000);
        if (one_in(random, 2)) loaded = leave_some_out(random, loaded);
        if (loaded.tiles.size() == 0) continue;
        RangeQuestion question;
        question.filter = make_filter(random, stored_trips(loaded));
        question.limit = static_cast<std::uint64_t>(pick(random, 0, 40));
        question.count_only = one_in(random, 4);
        expect_same(find_range(loaded, question), find_slowly(loaded, question));
    }
}

TEST(Range, SameAtAnyThreadCount) {
    Random random(harness::seed());
    TripMix const mix{.trips = 60'000, .seconds = 3000};
    geo::LoadedTiles const loaded = tile_up(make_trips(random, mix), 500);
    for (std::uint64_t const limit : {0U, 7U, 1000U, 100'000U}) {
        RangeQuestion question;
        question.limit = limit;
        question.filter.sources = SourceSet::none();
        question.filter.sources.add(core::Source::green);
        RangeAnswer const wanted = find_slowly(loaded, question);
        with_thread_counts([&] { expect_same(find_range(loaded, question), wanted); });
    }
}

TEST(Range, NothingLoadedMatchesNothing) {
    RangeAnswer const answer = find_range(geo::LoadedTiles{}, RangeQuestion{});
    EXPECT_EQ(answer.matched, 0U);
    EXPECT_TRUE(answer.matches.empty());
}

TEST(Range, CountingNeedsNoOtherColumns) {
    Random random(harness::seed());
    geo::LoadedTiles loaded = tile_up(make_trips(random, {.trips = 3000}), 100);
    loaded.trips = {};
    RangeQuestion question;
    question.count_only = true;
    EXPECT_EQ(columns_of(question), core::ColumnSet{});
    EXPECT_EQ(find_range(loaded, question).matched, 3000U);
}

TEST(Range, MergingPartsGivesTheWhole) {
    Random random(harness::seed());
    auto const trips = make_trips(random, {.trips = 900, .seconds = 50});
    geo::LoadedTiles const whole = tile_up(trips, 100);
    RangeQuestion question;
    question.limit = 25;
    std::vector<core::Trip> thirds[3];
    for (std::size_t i = 0; i < trips.size(); ++i)
        thirds[i / 400].push_back(trips[i]);
    RangeAnswer parts[3];
    for (std::size_t i = 0; i < 3; ++i)
        parts[i] = find_range(tile_up(thirds[i], 100), question);
    RangeAnswer const left = merge(merge(parts[0], parts[1], 25), parts[2], 25);
    RangeAnswer const right = merge(parts[0], merge(parts[1], parts[2], 25), 25);
    RangeAnswer const wanted = find_slowly(whole, question);
    for (RangeAnswer const& merged : {left, right}) {
        EXPECT_EQ(merged.matched, wanted.matched);
        ASSERT_EQ(merged.matches.size(), 25U);
        for (std::size_t i = 0; i < 25; ++i)
            EXPECT_EQ(merged.matches[i].line, wanted.matches[i].line);
    }
}

}  // namespace
}  // namespace tessera::query
