#include "tessera/synth/dirt.hpp"

#include <algorithm>
#include <utility>

#include "tessera/core/civil_time.hpp"
#include "tessera/synth/time_text.hpp"

namespace tessera::synth {
namespace {

constexpr std::uint32_t seconds_per_hour = 3600;

geo::Point draw_near(double lon, double lat, RandomStream& random) {
    return {geo::angle_from_degrees(lon + 0.02 * random.bell()), geo::angle_from_degrees(lat + 0.02 * random.bell())};
}

std::string quoted_if(bool quoted, std::string const& text) {
    return quoted ? '"' + text + '"' : text;
}

/// The trip's pick-up, moved to 30 February.
std::string impossible_time(Layout const& layout, TripDraft const& trip) {
    core::CivilTime time = core::civil_of(trip.pickup_time);
    time.month = 2;
    time.day = 30;
    char buffer[32];
    return quoted_if(layout.quoted, {buffer, write_time(buffer, time, layout.dates)});
}

/// How many fields stand before the last coordinate of the pick-up.
std::uint32_t fields_before_pickup_is_whole(Layout const& layout) {
    auto const place_of = [&](Field field) {
        return std::find(layout.fields.begin(), layout.fields.end(), field) - layout.fields.begin();
    };
    return static_cast<std::uint32_t>(std::max(place_of(Field::pickup_lon), place_of(Field::pickup_lat)));
}

RowFlaw unknown_code_flaw(Layout const& layout, RandomStream& random) {
    if (layout.source == core::Source::uber) {
        return {.replaced = {{{Field::base, quoted_if(layout.quoted, "B09999")}, {}}}};
    }
    bool const words = layout.codes != CodeStyle::numbers;
    bool const rate_too = random.happens(0.5) && layout.codes != CodeStyle::words_2009;
    RowFlaw flaw{.replaced = {{{Field::payment, words ? "XYZ" : "9"}, {}}}};
    if (rate_too) flaw.replaced[1] = {Field::rate, "99"};  // which real rows have
    return flaw;
}

}  // namespace

void spoil(TripDraft& trip, DirtKind kind, RandomStream& random) {
    switch (kind) {
        case DirtKind::zero_pickup:
            trip.pickup = {0, 0};
            break;
        case DirtKind::zero_dropoff:
            trip.dropoff = {0, 0};
            break;
        case DirtKind::pickup_in_boston:
            trip.pickup = draw_near(-71.06, 42.36, random);
            break;
        case DirtKind::pickup_in_ocean:
            trip.pickup = draw_near(-38.5, 37.2, random);
            break;
        case DirtKind::pickup_swapped:
            std::swap(trip.pickup.lon, trip.pickup.lat);
            break;
        case DirtKind::dropoff_before_pickup:
            trip.dropoff_time.count = trip.pickup_time.count - 60 * (1 + random.below(30));
            break;
        case DirtKind::too_long:
            trip.dropoff_time.count = trip.pickup_time.count + 24 * seconds_per_hour + 60 * (1 + random.below(2160));
            break;
        case DirtKind::negative_fare:
            trip.fare = -trip.fare;
            trip.total = -trip.total;
            break;
        case DirtKind::zero_distance:
            trip.centimiles = 0;
            break;
        default:
            break;
    }
}

RowFlaw flaw_of(DirtKind kind, Layout const& layout, TripDraft const& trip, RandomStream& random) {
    switch (kind) {
        case DirtKind::empty_pickup:
            return {.replaced = {{{Field::pickup_lon, ""}, {Field::pickup_lat, ""}}}};
        case DirtKind::empty_dropoff:
            return {.replaced = {{{Field::dropoff_lon, ""}, {Field::dropoff_lat, ""}}}};
        case DirtKind::impossible_date:
            return {.replaced = {{{Field::pickup_time, impossible_time(layout, trip)}, {}}}};
        case DirtKind::date_is_text:
            return {.replaced = {{{Field::pickup_time, quoted_if(layout.quoted, "yesterday")}, {}}}};
        case DirtKind::number_is_text:
            return {.replaced = {{{random.happens(0.5) ? Field::pickup_lon : Field::pickup_lat, "n/a"}, {}}}};
        case DirtKind::short_row:
            return {.fields_kept = 1 + random.below(fields_before_pickup_is_whole(layout))};
        case DirtKind::unknown_code:
            return unknown_code_flaw(layout, random);
        default:
            return {};
    }
}

}  // namespace tessera::synth
