#include "tessera/query/live_windows.hpp"

#include <gtest/gtest.h>

#include <set>

#include "harness/seed.hpp"
#include "oracle.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

/// The oracle: looks at each trip of each window, and draws the lowest lots from a sorted set.
std::vector<LiveWindow> count_slowly(geo::LoadedTiles const& loaded, LiveQuestion const& question) {
    std::vector<LiveWindow> windows(question.windows);
    for (std::uint32_t i = 0; i < question.windows; ++i) {
        Filter filter = question.filter;
        auto const from = question.grid.from(question.first + i), to = question.grid.to(question.first + i);
        if (!filter.from || *filter.from < from) filter.from = from;
        if (!filter.to || to < *filter.to) filter.to = to;
        auto const order = order_by_time(loaded, filter, Ties::by_row);
        windows[i].counts = WindowCounter(loaded, order).count(question.grid, question.first + i, 1).front();
        std::set<LivePoint> points;
        for (std::size_t row = 0; row < loaded.trips.size(); ++row) {
            core::Trip const trip = trip_at(loaded.trips, row);
            bool const begins = filter.on == End::pickup;
            geo::Point const at{begins ? trip.pickup_lon.count : trip.dropoff_lon.count,
                                begins ? trip.pickup_lat.count : trip.dropoff_lat.count};
            if (matches(filter, trip) && is_known(at)) points.insert({draw_lot(trip.file, trip.line), at});
        }
        for (LivePoint const& point : points)
            if (windows[i].points.size() < question.points) windows[i].points.push_back(point);
    }
    return windows;
}

LiveQuestion make_question(Random& random, geo::LoadedTiles const& loaded, TripMix const& mix) {
    LiveQuestion question;
    if (!one_in(random, 3)) question.filter = make_filter(random, stored_trips(loaded));
    auto const every = static_cast<std::uint32_t>(pick(random, mix.seconds / 30, 2 * mix.seconds));
    question.grid = make_window_grid({mix.first.count - 100}, {mix.first.count + mix.seconds + 100}, every);
    auto const last = static_cast<std::int64_t>(question.grid.windows) - 1;
    question.first = static_cast<std::uint64_t>(pick(random, 0, last));
    question.windows =
        static_cast<std::uint32_t>(pick(random, 1, last - static_cast<std::int64_t>(question.first) + 1));
    question.points = static_cast<std::uint32_t>(pick(random, 0, 1) * pick(random, 1, 40));
    return question;
}

TEST(LiveWindows, AgreeWithLookingAtEachTrip) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 40; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix const mix{.trips = 800, .seconds = one_in(random, 2) ? 300U : 40'000U};
        auto const loaded = tile_up(make_trips(random, mix), static_cast<std::size_t>(pick(random, 1, 300)), 77);
        LiveQuestion const question = make_question(random, loaded, mix);
        auto const found = count_live_windows(loaded, question);
        auto const wanted = count_slowly(loaded, question);
        ASSERT_EQ(found.size(), wanted.size());
        for (std::size_t i = 0; i < found.size(); ++i)
            EXPECT_TRUE(found[i] == wanted[i]) << "window " << i;
    }
}

TEST(LiveWindows, MergingPartsInAnyGroupingGivesTheWhole) {
    Random random(harness::seed());
    for (int turn = 0; turn < 20; ++turn) {
        TripMix const mix{.trips = 600, .seconds = 3000};
        geo::LoadedTiles const whole = tile_up(make_trips(random, mix), 20);
        geo::LoadedTiles pieces[3];
        for (std::size_t tile = 0; tile < whole.tiles.size(); ++tile) {
            geo::LoadedTiles& piece = pieces[pick(random, 0, 2)];
            append_tile(piece.tiles, whole.tiles, tile);
            piece.store_row.push_back(whole.store_row[tile]);
            for (std::size_t row = whole.tiles.first_trip[tile]; row < whole.tiles.first_trip[tile + 1]; ++row)
                append(piece.trips, trip_at(whole.trips, row));
        }
        LiveQuestion const question = make_question(random, whole, mix);
        auto const wanted = count_live_windows(whole, question);
        std::vector<LiveWindow> parts[3];
        for (std::size_t i = 0; i < 3; ++i)
            parts[i] = count_live_windows(pieces[i], question);
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            LiveWindow const &a = parts[0][i], &b = parts[1][i], &c = parts[2][i];
            EXPECT_TRUE(merge(merge(a, b, question), c, question) == wanted[i]);
            EXPECT_TRUE(merge(c, merge(b, a, question), question) == wanted[i]);
        }
    }
}

/// No two lines of any two files draw the same lot, and neighbours do not draw lots that are near.
TEST(DrawLot, IsEachTripsOwn) {
    std::set<std::uint64_t> lots;
    std::uint64_t low = 0;
    for (std::uint16_t file = 0; file < 10; ++file)
        for (std::uint32_t line = 0; line < 10'000; ++line) {
            std::uint64_t const lot = draw_lot(core::FileId{file}, core::LineNumber{line});
            lots.insert(lot);
            low += lot < (std::uint64_t{1} << 63) ? 1 : 0;
        }
    EXPECT_EQ(lots.size(), 100'000U);
    EXPECT_NEAR(static_cast<double>(low), 50'000, 1000);
}

}  // namespace
}  // namespace tessera::query
