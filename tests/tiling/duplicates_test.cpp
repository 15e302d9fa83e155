#include "tessera/tiling/duplicates.hpp"

#include <gtest/gtest.h>

#include "harness/seed.hpp"
#include "query/random_tiles.hpp"

namespace tessera::tiling {
namespace {

using query::testing::pick;
using query::testing::Random;

constexpr std::size_t files = 3;

core::Trip without_place(core::Trip trip) {
    trip.file = {};
    trip.line = {};
    return trip;
}

/// The oracle: looks for an equal trip at an earlier place, for each trip among all.
std::vector<std::uint64_t> count_slowly(core::TripTable const& trips) {
    std::vector<std::uint64_t> counts(files, 0);
    for (std::size_t i = 0; i < trips.size(); ++i) {
        core::Trip const one = trip_at(trips, i);
        for (std::size_t j = 0; j < trips.size(); ++j) {
            core::Trip const other = trip_at(trips, j);
            bool const earlier = std::tie(other.file, other.line) < std::tie(one.file, one.line);
            if (!earlier || without_place(one) != without_place(other)) continue;
            ++counts[one.file.count];
            break;
        }
    }
    return counts;
}

/// Copies of a few trips, some of them changed in one column.
std::vector<core::Trip> random_copies(Random& random, std::size_t n) {
    auto const originals = query::testing::make_trips(random, {.trips = 8, .seconds = 2});
    std::vector<core::Trip> trips;
    for (std::size_t i = 0; i < n; ++i) {
        core::Trip trip = originals[static_cast<std::size_t>(pick(random, 0, 7))];
        std::int64_t const changed = pick(random, 0, 30);
        core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
            if (static_cast<std::int64_t>(place.id) != changed) return;
            if constexpr (!std::is_enum_v<T>) ++(trip.*place.in_trip).count;
            if constexpr (std::is_enum_v<T>) trip.*place.in_trip = core::Source::green;
        });
        trip.file = {static_cast<std::uint16_t>(pick(random, 0, files - 1))};
        trip.line = {static_cast<std::uint32_t>(1000 + (i * 7919) % n)};  // distinct where n is no multiple of 7919
        trips.push_back(trip);
    }
    return trips;
}

/// Counts those of trips that are in store order.
std::vector<std::uint64_t> count(core::TripTable const& trips, std::span<std::uint64_t const> first,
                                 std::size_t of_files = files) {
    core::TripRows const rows = trips;
    std::vector<TimedRow> in_order;
    for (std::uint32_t row = 0; row < trips.size(); ++row)
        in_order.push_back({trips.pickup_time[row], core::TripRows::number(row / core::TripRows::chunk_rows,
                                                                           row % core::TripRows::chunk_rows)});
    return count_duplicates(rows, in_order, first, of_files);
}

TEST(Duplicates, AgreeWithLookingForAnEarlierTrip) {
    std::uint64_t found = 0;
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 60; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        auto const copies = random_copies(random, static_cast<std::size_t>(pick(random, 0, 250)));
        auto const loaded = query::testing::tile_up(copies, static_cast<std::size_t>(pick(random, 1, 40)));
        auto const counts = count(loaded.trips, loaded.tiles.first_trip);
        ASSERT_EQ(counts, count_slowly(loaded.trips));
        for (std::uint64_t const count : counts)
            found += count;
    }
    EXPECT_GT(found, 1000U);
}

TEST(Duplicates, TheFirstOfEqualTripsIsNone) {
    core::TripTable trips;
    for (unsigned const file : {0U, 0U, 1U, 2U, 2U}) {
        core::Trip trip;
        trip.pickup_time = {5};
        trip.file = {static_cast<std::uint16_t>(file)};
        trip.line = {static_cast<std::uint32_t>(trips.size() + 1)};
        append(trips, trip);
    }
    std::vector<std::uint64_t> const first{0, 5};
    EXPECT_EQ(count(trips, first), (std::vector<std::uint64_t>{1, 1, 2}));
    trips.tip[0] = {1};
    EXPECT_EQ(count(trips, first), (std::vector<std::uint64_t>{0, 1, 2}));
}

TEST(Duplicates, NothingHasNone) {
    std::vector<std::uint64_t> const no_tiles{0};
    EXPECT_EQ(count({}, no_tiles), std::vector<std::uint64_t>(files, 0));
    EXPECT_EQ(count({}, {}, 0), std::vector<std::uint64_t>());
}

}  // namespace
}  // namespace tessera::tiling
