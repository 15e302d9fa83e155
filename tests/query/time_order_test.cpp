#include "tessera/query/time_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "harness/seed.hpp"
#include "oracle.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

using Key = std::tuple<core::WallTime, core::FileId, core::LineNumber>;

Key key_of(core::Trip const& trip) {
    return {trip.pickup_time, trip.file, trip.line};
}

/// The oracle: looks at each trip, sorts all.
std::vector<Key> order_slowly(geo::LoadedTiles const& loaded, Filter const& filter) {
    std::vector<Key> keys;
    for (StoredTrip const& stored : matching_trips(loaded, filter))
        keys.push_back(key_of(stored.trip));
    std::sort(keys.begin(), keys.end());
    return keys;
}

std::vector<Key> keys_of(geo::LoadedTiles const& loaded, TimeOrder const& order) {
    std::vector<Key> keys;
    for (std::uint32_t const row : order)
        keys.push_back(key_of(trip_at(loaded.trips, row)));
    return keys;
}

TEST(TimeOrder, AgreesWithSortingAllMatches) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 100; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix mix{.trips = 1500, .seconds = 200'000, .lattice = 50'000};
        if (one_in(random, 2)) mix.seconds = 40;  // many share a second
        auto const tile_trips = static_cast<std::size_t>(pick(random, 1, 2000));
        geo::LoadedTiles loaded = tile_up(make_trips(random, mix), tile_trips, 10'000);
        if (one_in(random, 2)) loaded = leave_some_out(random, loaded);
        if (loaded.tiles.size() == 0) continue;
        Filter const filter = make_filter(random, stored_trips(loaded));
        auto const wanted = order_slowly(loaded, filter);
        EXPECT_EQ(keys_of(loaded, order_by_time(loaded, filter, Ties::by_file_and_line)), wanted);

        // Without files and lines: the same trips, and the same times in order.
        auto keys = keys_of(loaded, order_by_time(loaded, filter, Ties::by_row));
        EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end(),
                                   [](Key const& a, Key const& b) { return std::get<0>(a) < std::get<0>(b); }));
        std::sort(keys.begin(), keys.end());
        EXPECT_EQ(keys, wanted);
    }
}

TEST(TimeOrder, SameAtAnyThreadCount) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 70'000, .seconds = 3000}), 300);
    Filter filter;
    filter.box = geo::Box{-740'500'000, 406'000'000, -739'000'000, 408'500'000};
    auto const wanted = order_slowly(loaded, filter);
    ASSERT_GT(wanted.size(), 1000U);
    TimeOrder const by_row = order_by_time(loaded, filter, Ties::by_row);
    with_thread_counts([&] {
        EXPECT_EQ(keys_of(loaded, order_by_time(loaded, filter, Ties::by_file_and_line)), wanted);
        EXPECT_EQ(order_by_time(loaded, filter, Ties::by_row), by_row);
    });
}

TEST(TimeOrder, ReadsNoMoreThanItSays) {
    Random random(harness::seed());
    geo::LoadedTiles loaded = tile_up(make_trips(random, {.trips = 3000}), 100);
    auto times = loaded.trips.pickup_time;
    loaded.trips = {};
    loaded.trips.pickup_time = times;
    EXPECT_EQ(columns_of(Filter{}, Ties::by_row), core::ColumnSet{core::Column::pickup_time});
    EXPECT_EQ(order_by_time(loaded, {}, Ties::by_row).size(), 3000U);
    EXPECT_TRUE(order_by_time(geo::LoadedTiles{}, {}, Ties::by_row).empty());
}

}  // namespace
}  // namespace tessera::query
