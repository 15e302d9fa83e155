#include "tessera/query/window_counts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "harness/seed.hpp"
#include "oracle.hpp"
#include "tessera/core/error.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

constexpr std::uint32_t day = core::seconds_per_day;

TEST(WindowGrid, BeginsAtMultiplesSinceMidnight) {
    core::WallTime const midnight{16'161 * day};  // 2014-04-01
    auto const grid = make_window_grid({midnight.count + 8 * 3600 + 59}, {midnight.count + 2 * day}, 7 * 3600);
    EXPECT_EQ(grid.from(0).count, midnight.count + 7 * 3600);
    EXPECT_EQ(grid.to(0).count, midnight.count + 14 * 3600);
    EXPECT_EQ(grid.windows, 6U);  // the last from 42 to 49 hours
    auto const weeks = make_window_grid({midnight.count + 5}, {midnight.count + 7 * day - 1}, 7 * day);
    EXPECT_EQ(weeks.start, midnight);
    EXPECT_EQ(weeks.windows, 1U);
    EXPECT_EQ(make_window_grid(midnight, {midnight.count + 7 * day}, 7 * day).windows, 2U);
    EXPECT_EQ(make_window_grid({5}, {4'291'747'199}, 1).windows, 4'291'747'195U);  // all times there can be
    auto const latest = make_window_grid({4'291'747'199}, {4'291'747'199}, longest_window_seconds);
    EXPECT_GT(latest.to(0), core::WallTime{4'291'747'199});
}

TEST(WindowGrid, HoldsWhatWindowsHold) {
    Random random(harness::seed());
    for (int i = 0; i < 1000; ++i) {
        auto const first = static_cast<std::uint32_t>(pick(random, 1, 4'000'000'000));
        auto const last = first + static_cast<std::uint32_t>(pick(random, 0, 100'000));
        auto const every =
            static_cast<std::uint32_t>(pick(random, 1, one_in(random, 2) ? 100 : longest_window_seconds));
        auto const grid = make_window_grid({first}, {last}, every);
        EXPECT_TRUE(grid.from(0).count <= first && first < grid.to(0).count);
        EXPECT_TRUE(grid.from(grid.windows - 1).count <= last && last < grid.to(grid.windows - 1).count);
        EXPECT_EQ((grid.start.count - first / day * day) % every, 0U);
    }
}

/// The oracle: for each window, looks at each trip.
WindowCounts count_slowly(geo::LoadedTiles const& loaded, Filter const& filter, core::WallTime from,
                          core::WallTime to) {
    WindowCounts counts;
    std::map<std::uint64_t, TileTrips> tiles;
    for (std::size_t tile = 0; tile < loaded.tiles.size(); ++tile)
        for (std::size_t row = loaded.tiles.first_trip[tile]; row < loaded.tiles.first_trip[tile + 1]; ++row) {
            core::Trip const trip = trip_at(loaded.trips, row);
            if (!matches(filter, trip) || trip.pickup_time < from || trip.pickup_time >= to) continue;
            ++counts.trips;
            ++counts.of_source[trip.source == core::Source::green ? 0 : trip.source == core::Source::uber ? 1 : 2];
            if (core::is_known(trip.fare)) ++counts.known_fares, counts.fare_cents += trip.fare.count;
            auto& entry = tiles[loaded.tiles.key[tile]];
            entry = {entry.trips + 1, loaded.tiles.key[tile], loaded.tiles.level[tile]};
        }
    for (auto const& [key, entry] : tiles)
        counts.busiest.push_back(entry);
    std::stable_sort(counts.busiest.begin(), counts.busiest.end(),
                     [](TileTrips const& a, TileTrips const& b) { return a.trips > b.trips; });
    if (counts.busiest.size() > 10) counts.busiest.resize(10);
    return counts;
}

TEST(WindowCounts, AgreeWithLookingAtEachTrip) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 60; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix const mix{.trips = 1200, .seconds = one_in(random, 2) ? 300U : 40'000U};
        auto const tile_trips = static_cast<std::size_t>(pick(random, 1, 400));
        geo::LoadedTiles const loaded = tile_up(make_trips(random, mix), tile_trips, 77);
        Filter const filter = one_in(random, 3) ? Filter{} : make_filter(random, stored_trips(loaded));
        auto const order = order_by_time(loaded, filter, Ties::by_row);
        auto const every = static_cast<std::uint32_t>(pick(random, mix.seconds / 30, 2 * mix.seconds));
        // Windows begin before the first trip, and go on after the last.
        auto const grid = make_window_grid({mix.first.count - 100}, {mix.first.count + mix.seconds + 100}, every);
        WindowCounter const counter(loaded, order);
        auto const first = static_cast<std::uint64_t>(pick(random, 0, static_cast<std::int64_t>(grid.windows) - 1));
        auto const counts = counter.count(grid, first, grid.windows - first);
        ASSERT_EQ(counts.size(), grid.windows - first);
        for (std::uint64_t i = 0; i < counts.size(); ++i)
            EXPECT_EQ(counts[i] == count_slowly(loaded, filter, grid.from(first + i), grid.to(first + i)), true)
                << "window " << first + i;
        auto const places = counter.places(grid, 0, first);
        EXPECT_EQ(places.first, 0U);
        EXPECT_EQ(places.last, count_slowly(loaded, filter, grid.from(0), grid.from(first)).trips);
    }
}

TEST(WindowCounts, SameAtAnyThreadCount) {
    Random random(harness::seed());
    TripMix const mix{.trips = 60'000, .seconds = 9000};
    geo::LoadedTiles const loaded = tile_up(make_trips(random, mix), 500);
    auto const order = order_by_time(loaded, {}, Ties::by_row);
    auto const grid = make_window_grid(mix.first, {mix.first.count + mix.seconds - 1}, 100);
    auto const wanted = WindowCounter(loaded, order).count(grid, 0, grid.windows);
    std::uint64_t trips = 0;
    for (WindowCounts const& counts : wanted)
        trips += counts.trips;
    EXPECT_EQ(trips, mix.trips);
    with_thread_counts([&] { EXPECT_EQ(WindowCounter(loaded, order).count(grid, 0, grid.windows) == wanted, true); });
}

TEST(WindowCounts, MergingPartsInAnyGroupingGivesTheWhole) {
    Random random(harness::seed());
    for (int turn = 0; turn < 50; ++turn) {
        geo::LoadedTiles const whole = tile_up(make_trips(random, {.trips = 900, .seconds = 50}), 20);
        auto const grid = make_window_grid({1}, {1'396'310'400 + 49}, longest_window_seconds);
        auto const last = grid.windows - 1;
        std::vector<WindowCounts> parts(3);
        geo::LoadedTiles pieces[3];
        for (std::size_t tile = 0; tile < whole.tiles.size(); ++tile) {
            geo::LoadedTiles& piece = pieces[pick(random, 0, 2)];
            append_tile(piece.tiles, whole.tiles, tile);
            piece.store_row.push_back(whole.store_row[tile]);
            for (std::size_t row = whole.tiles.first_trip[tile]; row < whole.tiles.first_trip[tile + 1]; ++row)
                append(piece.trips, trip_at(whole.trips, row));
        }
        auto const count = [&](geo::LoadedTiles const& loaded) {
            auto const order = order_by_time(loaded, {}, Ties::by_row);
            return WindowCounter(loaded, order).count(grid, last, 1).front();
        };
        for (std::size_t i = 0; i < 3; ++i)
            parts[i] = count(pieces[i]);
        auto const wanted = count(whole);
        EXPECT_EQ(merge(merge(parts[0], parts[1]), parts[2]) == wanted, true);
        EXPECT_EQ(merge(parts[2], merge(parts[1], parts[0])) == wanted, true);
        EXPECT_EQ(merge(wanted, {}) == wanted, true);
    }
}

TEST(WindowCounts, ASourceThatIsNoneIsAnError) {
    Random random(harness::seed());
    geo::LoadedTiles loaded = tile_up(make_trips(random, {.trips = 10}), 100);
    auto const order = order_by_time(loaded, {}, Ties::by_row);
    auto const grid = make_window_grid(loaded.tiles.first_time[0], loaded.tiles.last_time[0], longest_window_seconds);
    for (int const code : {0, 4, 255}) {
        loaded.trips.source[7] = static_cast<core::Source>(code);
        EXPECT_THROW(WindowCounter(loaded, order).count(grid, 0, grid.windows), core::DataError) << code;
    }
}

}  // namespace
}  // namespace tessera::query
