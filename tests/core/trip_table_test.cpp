#include "tessera/core/trip_table.hpp"

#include <gtest/gtest.h>

#include <random>

#include "harness/seed.hpp"

namespace tessera::core {
namespace {

/// A trip whose every member differs from every other one's, so that no two columns can be mixed up unseen.
Trip trip_number(std::mt19937_64& random) {
    Trip trip;
    for_each_column([&]<class T>(ColumnPlace<T> const& place) {
        if constexpr (std::is_enum_v<T>)
            trip.*place.in_trip = all_sources[random() % all_sources.size()];
        else
            trip.*place.in_trip = T{static_cast<typename T::Rep>(random())};
    });
    return trip;
}

TEST(TripTable, ATripIs55Bytes) {
    EXPECT_EQ(bytes_per_trip(), 55U);
}

TEST(TripTable, TheListOfColumnsIsWholeAndInOrder) {
    std::size_t next = 0;
    for_each_column([&](auto const& place) { EXPECT_EQ(static_cast<std::size_t>(place.id), next++); });
    EXPECT_EQ(next, column_count);
}

TEST(TripTable, EachColumnIsTheMemberOfItsName) {
    Trip trip;
    trip.tolls = Cents{533};
    trip.vendor = Code{2};
    trip.source = Source::green;
    trip.line = LineNumber{17};
    trip.dropoff_lat = Angle{407'484'000};
    TripTable table;
    append(table, trip);
    EXPECT_EQ(table.tolls.at(0), Cents{533});
    EXPECT_EQ(table.vendor.at(0), Code{2});
    EXPECT_EQ(table.source.at(0), Source::green);
    EXPECT_EQ(table.line.at(0), LineNumber{17});
    EXPECT_EQ(table.dropoff_lat.at(0), Angle{407'484'000});
    EXPECT_EQ(table.fare.at(0), unknown<Cents>());
}

TEST(TripTable, GivesBackWhatWasAppended) {
    std::mt19937_64 random(harness::seed());
    std::vector<Trip> trips;
    TripTable table;
    for (int i = 0; i < 1'000; ++i)
        append(table, trips.emplace_back(trip_number(random)));
    ASSERT_EQ(table.size(), trips.size());
    for (std::size_t row = 0; row < trips.size(); ++row)
        ASSERT_EQ(trip_at(table, row), trips[row]) << row;
}

TEST(TripTable, ClearEmptiesEveryColumnAndKeepsItsMemory) {
    std::mt19937_64 random(harness::seed());
    TripTable table;
    for (int i = 0; i < 100; ++i)
        append(table, trip_number(random));
    clear(table);
    EXPECT_EQ(table.size(), 0U);
    for_each_column([&](auto const& place) {
        EXPECT_TRUE((table.*place.in_table).empty());
        EXPECT_GE((table.*place.in_table).capacity(), 100U);
    });
}

TEST(TripTable, ANewTripKnowsNothingButWhereItWas) {
    Trip const trip;
    EXPECT_FALSE(is_known(trip.dropoff_time));
    EXPECT_FALSE(is_known(trip.dropoff_lon) || is_known(trip.dropoff_lat));
    EXPECT_FALSE(is_known(trip.fare) || is_known(trip.tip) || is_known(trip.tolls) || is_known(trip.total));
    EXPECT_FALSE(is_known(trip.distance) || is_known(trip.passengers) || is_known(trip.payment));
}

}  // namespace
}  // namespace tessera::core
