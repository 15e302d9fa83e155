#include "tessera/synth/trip_maker.hpp"

#include <algorithm>

#include "tessera/synth/code_text.hpp"
#include "tessera/synth/fare.hpp"

namespace tessera::synth {
namespace {

constexpr double metres_per_centimile = 16.09344;
constexpr std::int32_t least_centimiles = 3;
constexpr std::uint8_t cmt = 1, vts = 2, dds = 3;

/// Rides of the five bases in April 2014, in the order of core::uber_bases.
constexpr std::array<std::uint64_t, core::uber_bases.size()> base_rides{35'536, 183'263, 108'001, 227'808, 9'908};

std::uint8_t draw_vendor(Layout const& layout, RandomStream& random) {
    std::uint32_t const dice = random.below(100);
    if (layout.source == core::Source::green) return dice < 22 ? cmt : vts;
    bool const with_dds = layout.codes == CodeStyle::words_2009 || layout.codes == CodeStyle::words_2010;
    if (with_dds && dice >= 94) return dds;
    return dice < 48 ? cmt : vts;
}

std::uint8_t draw_passengers(RandomStream& random) {
    std::uint32_t const dice = random.below(100);
    if (dice < 70) return 1;
    if (dice < 84) return 2;
    if (dice < 88) return 3;
    if (dice < 90) return 4;
    return dice < 96 ? 5 : 6;
}

std::uint8_t draw_payment(Layout const& layout, RandomStream& random) {
    double const cards = layout.codes == CodeStyle::words_2009 ? 0.24 : layout.year < 2013 ? 0.45 : 0.58;
    double const dice = random.uniform();
    if (dice < cards) return 1;
    if (dice < 0.994) return 2;
    auto const payments = payments_of(layout.codes);  // 1 and 2 come first
    return payments[2 + random.below(static_cast<std::uint32_t>(payments.size() - 2))];
}

/// Most rides are short: the nearer of two places, more often than not.
Place draw_dropoff(City const& city, Place pickup, RandomStream& random) {
    Place const first = city.draw(random, Purpose::dropoff);
    if (!random.happens(0.7)) return first;
    Place const second = city.draw(random, Purpose::dropoff);
    double const to_first = street_metres(pickup.point, first.point);
    return street_metres(pickup.point, second.point) < to_first ? second : first;
}

/// The distance on the meter, from the way along the streets. CMT's meters show tenths of a mile only.
std::int32_t metered_centimiles(TripDraft const& trip, RandomStream& random) {
    double const metres = street_metres(trip.pickup, trip.dropoff) * (1.02 + 0.18 * random.uniform());
    auto const centimiles = std::max(least_centimiles, static_cast<std::int32_t>(metres / metres_per_centimile));
    return trip.vendor == cmt ? std::max(10, (centimiles + 5) / 10 * 10) : centimiles;
}

/// A minute for getting in and out, and the way at the hour's speed, some faster and some slower.
std::uint32_t seconds_under_way(TripDraft const& trip, RandomStream& random) {
    double const miles = static_cast<double>(trip.centimiles) / 100.0;
    // Long ways use the parkways.
    double const speed = Rhythm::miles_per_hour(trip.pickup_time) * (miles > 8.0 ? 1.9 : miles > 4.0 ? 1.35 : 1.0);
    double const luck = 1.0 + 0.22 * random.bell();  // never below 0.23
    return 60 + static_cast<std::uint32_t>(miles / speed * luck * 3600.0);
}

}  // namespace

TripMaker::TripMaker(Layout const& layout, TimeSpan span, std::uint64_t trips, std::uint64_t seed)
    : layout_(&layout), rhythm_(layout.source, span), trips_(trips), seed_(seed) {
    std::uint64_t all = 0, sum = 0;
    for (auto const rides : base_rides)
        all += rides;
    first_row_of_base_[0] = 0;
    for (std::size_t base = 0; base < base_rides.size(); ++base) {
        sum += base_rides[base];
        first_row_of_base_[base + 1] = trips * sum / all;
    }
}

TripDraft TripMaker::make(std::uint64_t row) const {
    RandomStream random(seed_, row);
    return layout_->source == core::Source::uber ? make_uber(row, random) : make_taxi(row, random);
}

TripDraft TripMaker::make_uber(std::uint64_t row, RandomStream& random) const {
    TripDraft trip;
    while (row >= first_row_of_base_[trip.base + 1U])
        ++trip.base;
    trip.pickup_time = rhythm_.time_at(time_fraction(row, random));
    // Published to the minute. A span may begin within one, and no trip comes before it.
    auto const minute = trip.pickup_time.count / 60 * 60;
    if (minute >= rhythm_.span().from.count) trip.pickup_time.count = minute;
    trip.pickup = city_.draw(random, Purpose::uber_pickup).point;
    return trip;
}

TripDraft TripMaker::make_taxi(std::uint64_t row, RandomStream& random) const {
    TripDraft trip;
    trip.pickup_time = rhythm_.time_at(time_fraction(row, random));
    Place const pickup = city_.draw(random, pickup_purpose(layout_->source));
    Place const dropoff = draw_dropoff(city_, pickup, random);
    trip.pickup = pickup.point;
    trip.dropoff = dropoff.point;
    trip.vendor = draw_vendor(*layout_, random);
    trip.passengers = draw_passengers(random);
    trip.payment = draw_payment(*layout_, random);
    trip.spelling = static_cast<std::uint8_t>(random.below(256));
    trip.centimiles = metered_centimiles(trip, random);
    trip.dropoff_time.count = trip.pickup_time.count + seconds_under_way(trip, random);
    charge(trip, *layout_->tariff, pickup.zone, dropoff.zone, random);
    trip.trip_type = trip.rate == 5 ? 2 : 1;
    // VTS published whole minutes while vendors had names.
    auto const minute = trip.pickup_time.count / 60 * 60;
    if (trip.vendor == vts && layout_->codes != CodeStyle::numbers && minute >= rhythm_.span().from.count) {
        trip.pickup_time.count = minute;
        trip.dropoff_time.count = trip.dropoff_time.count / 60 * 60;
    }
    return trip;
}

double TripMaker::time_fraction(std::uint64_t row, RandomStream& random) const {
    double const dice = random.uniform();
    auto const in_order = [&](std::uint64_t first, std::uint64_t count, double spread) {
        return (static_cast<double>(row - first) + spread * dice) / (static_cast<double>(count - 1) + spread);
    };
    switch (layout_->order) {
        case RowOrder::shuffled:
            return dice;
        case RowOrder::nearly_sorted:
            return in_order(0, trips_, 500.0);
        case RowOrder::blocks_by_base: {
            auto base = first_row_of_base_.begin();
            while (row >= base[1])
                ++base;
            return in_order(base[0], base[1] - base[0], 1.0);
        }
    }
    return dice;
}

}  // namespace tessera::synth
