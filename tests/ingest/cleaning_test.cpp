#include <gtest/gtest.h>

#include "tessera/ingest/clean.hpp"

namespace tessera::ingest {
namespace {

using core::Reject;

CleaningRules const rules{{-743000000, 404500000, -736000000, 410000000}, 86'400};

core::Trip good_trip() {
    core::Trip trip;
    trip.pickup_time = {1'396'310'400};
    trip.dropoff_time = {1'396'311'000};
    trip.pickup_lon = {-739900000};
    trip.pickup_lat = {407500000};
    trip.dropoff_lon = {-739800000};
    trip.dropoff_lat = {407400000};
    trip.fare = {950};
    trip.distance = {130};
    return trip;
}

std::optional<Reject> fault_at(std::int32_t lon, std::int32_t lat) {
    core::Trip trip = good_trip();
    trip.pickup_lon = {lon};
    trip.pickup_lat = {lat};
    return find_fault(trip, rules);
}

std::optional<Reject> fault_after(std::int64_t seconds) {
    core::Trip trip = good_trip();
    trip.dropoff_time.count = static_cast<std::uint32_t>(trip.pickup_time.count + seconds);
    return find_fault(trip, rules);
}

TEST(Cleaning, TheRegionIsClosed) {
    EXPECT_EQ(fault_at(-743000000, 404500000), std::nullopt);
    EXPECT_EQ(fault_at(-736000000, 410000000), std::nullopt);
    EXPECT_EQ(fault_at(-743000001, 407500000), Reject::outside_region);
    EXPECT_EQ(fault_at(-735999999, 407500000), Reject::outside_region);
    EXPECT_EQ(fault_at(-739900000, 404499999), Reject::outside_region);
    EXPECT_EQ(fault_at(-739900000, 410000001), Reject::outside_region);
    EXPECT_EQ(fault_at(407500000, -739900000), Reject::outside_region) << "swapped";
}

TEST(Cleaning, ATripTakesFromNoTimeToTheLongest) {
    EXPECT_EQ(fault_after(0), std::nullopt);
    EXPECT_EQ(fault_after(86'400), std::nullopt);
    EXPECT_EQ(fault_after(86'401), Reject::too_long);
    EXPECT_EQ(fault_after(-1), Reject::time_order);
    core::Trip trip = good_trip();
    trip.dropoff_time = {};
    EXPECT_EQ(find_fault(trip, rules), std::nullopt) << "an unknown drop-off time";
}

TEST(Cleaning, TheFirstRuleThatFiresRejects) {
    core::Trip trip = good_trip();
    trip.pickup_lon = {0};
    trip.dropoff_time.count = trip.pickup_time.count - 1;
    EXPECT_EQ(find_fault(trip, rules), Reject::outside_region);
    trip.dropoff_time.count = trip.pickup_time.count + 90'000;
    EXPECT_EQ(find_fault(trip, rules), Reject::outside_region);
}

TEST(Cleaning, CountsWhatIsOddAndKept) {
    core::LedgerCounts counts;
    count_oddities(good_trip(), counts);
    EXPECT_EQ(counts, core::LedgerCounts());

    core::Trip odd = good_trip();
    odd.dropoff_lon = odd.dropoff_lat = core::unknown<core::Angle>();
    odd.fare = {-250};
    odd.distance = {0};
    count_oddities(odd, counts);
    odd.source = core::Source::uber;  // has no drop-offs at all
    odd.fare = core::unknown<core::Cents>();
    odd.distance = core::unknown<core::Centimiles>();
    count_oddities(odd, counts);
    core::LedgerCounts wanted;
    wanted.odd = {1, 0, 1, 1};
    EXPECT_EQ(counts, wanted);
    odd.fare = {0};
    count_oddities(odd, counts);
    EXPECT_EQ(counts, wanted) << "a fare of nothing is not negative";
}

}  // namespace
}  // namespace tessera::ingest
