#include "tessera/synth/fare.hpp"

#include <algorithm>

#include "tessera/core/civil_time.hpp"
#include "tessera/core/units.hpp"

namespace tessera::synth {
namespace {

constexpr std::int32_t bridge_toll = 533, newark_toll = 1150;
constexpr std::uint8_t card = 1;

std::uint8_t rate_between(Zone pickup, Zone dropoff, RandomStream& random) {
    if (pickup == Zone::newark || dropoff == Zone::newark) return 3;
    bool const jfk = pickup == Zone::jfk || dropoff == Zone::jfk;
    if (jfk && (pickup == Zone::manhattan || dropoff == Zone::manhattan)) return 2;
    return random.happens(0.002) ? 5 : 1;  // 5: a negotiated fare
}

/// A unit is a fifth of a mile, or a minute spent in traffic slower than 12 miles an hour.
std::int32_t metered_fare(TripDraft const& trip, Tariff const& tariff) {
    auto const seconds = static_cast<std::int32_t>(trip.dropoff_time.count - trip.pickup_time.count);
    std::int32_t const seconds_at_speed = trip.centimiles * 3;
    std::int32_t const slow_minutes = std::max(0, (seconds - seconds_at_speed) / 180);
    return tariff.flag_drop + tariff.per_unit * (trip.centimiles / 20 + slow_minutes);
}

/// 1.00 on weekdays from 16 to 20 o'clock, 0.50 from 20 to 6.
std::int32_t surcharge_at(core::WallTime time) {
    std::uint32_t const hour = time.count % core::seconds_per_day / 3600;
    if (hour >= 20 || hour < 6) return 50;
    std::uint32_t const weekday = (time.count / core::seconds_per_day + 3) % 7;  // 0 is Monday
    return hour >= 16 && weekday < 5 ? 100 : 0;
}

std::int32_t tolls_between(Zone pickup, Zone dropoff, RandomStream& random) {
    if (pickup == Zone::newark || dropoff == Zone::newark) return newark_toll;
    bool const airport =
        pickup == Zone::jfk || pickup == Zone::laguardia || dropoff == Zone::jfk || dropoff == Zone::laguardia;
    double const probability = airport ? 0.45 : pickup == dropoff ? 0.0 : 0.04;
    return random.happens(probability) ? bridge_toll : 0;
}

/// The terminal in the cab proposes 20, 25 and 30 percent; others round to a dollar, or give nothing.
std::int32_t tip_on(std::int32_t cents, RandomStream& random) {
    std::uint32_t const habit = random.below(100);
    if (habit < 58) return cents / 5;
    if (habit < 68) return cents / 4;
    if (habit < 72) return cents * 3 / 10;
    if (habit < 95) return (cents / 600 + 1) * 100;
    return 0;
}

}  // namespace

void charge(TripDraft& trip, Tariff const& tariff, Zone pickup, Zone dropoff, RandomStream& random) {
    trip.rate = rate_between(pickup, dropoff, random);
    trip.fare = metered_fare(trip, tariff);
    if (trip.rate == 2) trip.fare = tariff.jfk_flat;
    if (trip.rate == 3) trip.fare += tariff.newark_more;
    if (trip.rate == 5) trip.fare = 1000 + 500 * random.between(0, 12);
    trip.surcharge = trip.rate == 1 ? surcharge_at(trip.pickup_time) : 0;
    trip.mta_tax = trip.rate == 3 || trip.rate == 5 ? 0 : tariff.mta_tax;
    trip.improvement = tariff.improvement;
    trip.tolls = tolls_between(pickup, dropoff, random);
    std::int32_t const before_tip = trip.fare + trip.surcharge + trip.mta_tax + trip.improvement + trip.tolls;
    trip.tip = trip.payment == card ? tip_on(before_tip, random) : 0;
    trip.total = before_tip + trip.tip;
}

}  // namespace tessera::synth
