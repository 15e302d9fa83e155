#include "tessera/synth/trip_maker.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "harness/seed.hpp"

namespace tessera::synth {
namespace {

TripMaker maker_of(Layout const& layout, std::uint64_t trips) {
    return {layout, whole_month(layout.year, layout.month), trips, harness::seed()};
}

TEST(TripMaker, MakesTaxiTripsThatAddUp) {
    std::uint64_t constexpr trips = 4000;
    for (Layout const& layout : layouts()) {
        if (layout.source == core::Source::uber) continue;
        SCOPED_TRACE(std::string(core::name_of(layout.source)) + " " + std::string(layout.name));
        TripMaker const maker = maker_of(layout, trips);
        int tips = 0, cards = 0, jfk = 0;
        for (std::uint64_t row = 0; row < trips; ++row) {
            TripDraft const trip = maker.make(row);
            ASSERT_EQ(trip.total, trip.fare + trip.surcharge + trip.mta_tax + trip.improvement + trip.tolls + trip.tip);
            ASSERT_GE(trip.fare, 250);
            ASSERT_GE(trip.centimiles, 3);
            ASSERT_TRUE(trip.passengers >= 1 && trip.passengers <= 6);
            ASSERT_GE(trip.dropoff_time, trip.pickup_time);
            ASSERT_LT(trip.dropoff_time.count - trip.pickup_time.count, 8U * 3600);
            ASSERT_TRUE(trip.payment == 1 || trip.tip == 0);
            ASSERT_TRUE(trip.rate != 2 || trip.fare == layout.tariff->jfk_flat);
            cards += trip.payment == 1;
            tips += trip.tip > 0;
            jfk += trip.rate == 2;
        }
        EXPECT_GT(tips, cards * 8 / 10);
        EXPECT_GT(cards, 700);
        EXPECT_GT(jfk, 5);
    }
}

TEST(TripMaker, MakesTheSameTripForARowAtAnyTime) {
    TripMaker const maker = maker_of(find_layout(core::Source::yellow, "2014"), 100);
    TripDraft const first = maker.make(42);
    for (std::uint64_t row = 0; row < 100; ++row)
        maker.make(row);
    EXPECT_EQ(maker.make(42).pickup, first.pickup);
    EXPECT_EQ(maker.make(42).pickup_time, first.pickup_time);
    EXPECT_NE(maker.make(43).pickup, first.pickup);
}

TEST(TripMaker, PutsUberInBlocksByBaseInOrderOfTime) {
    std::uint64_t constexpr trips = 20'000;
    TripMaker const maker = maker_of(find_layout(core::Source::uber, "2014"), trips);
    std::array<std::uint64_t, 5> rows{};
    TripDraft last = maker.make(0);
    for (std::uint64_t row = 0; row < trips; ++row) {
        TripDraft const trip = maker.make(row);
        ASSERT_GE(trip.base, last.base);
        ASSERT_TRUE(trip.base != last.base || trip.pickup_time >= last.pickup_time);
        ASSERT_EQ(trip.pickup_time.count % 60, 0U);
        ++rows[trip.base];
        last = trip;
    }
    EXPECT_NEAR(static_cast<double>(rows[0]), 0.063 * trips, 0.001 * trips);
    EXPECT_NEAR(static_cast<double>(rows[3]), 0.4035 * trips, 0.001 * trips);
}

/// How often the pick-up time falls from one row to the next.
int backward_steps(Layout const& layout, std::uint64_t trips) {
    TripMaker const maker = maker_of(layout, trips);
    int steps = 0;
    for (std::uint64_t row = 1; row < trips; ++row)
        steps += maker.make(row).pickup_time < maker.make(row - 1).pickup_time;
    return steps;
}

TEST(TripMaker, ShufflesYellowOf2014AndNearlySorts2016) {
    EXPECT_GT(backward_steps(find_layout(core::Source::yellow, "2014"), 5000), 2000);
    TripMaker const maker = maker_of(find_layout(core::Source::yellow, "2016"), 50'000);
    EXPECT_LT(maker.make(0).pickup_time, maker.make(1000).pickup_time);
    EXPECT_LT(maker.make(20'000).pickup_time, maker.make(21'000).pickup_time);
    EXPECT_EQ(backward_steps(find_layout(core::Source::uber, "2014"), 5000), 4);
}

}  // namespace
}  // namespace tessera::synth
