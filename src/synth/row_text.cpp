#include "tessera/synth/row_text.hpp"

#include <cstring>

#include "tessera/core/civil_time.hpp"
#include "tessera/geo/box.hpp"
#include "tessera/synth/code_text.hpp"
#include "tessera/synth/time_text.hpp"

namespace tessera::synth {
namespace {

HundredthStyle money_style(NumberStyle style) {
    return style == NumberStyle::double17 ? HundredthStyle::double17 : HundredthStyle::trimmed;
}

HundredthStyle distance_style(NumberStyle style) {
    if (style == NumberStyle::double17) return HundredthStyle::double17;
    return style == NumberStyle::portal ? HundredthStyle::two_decimals : HundredthStyle::two_decimals_bare;
}

char* write_text(char* out, std::string_view text) {
    std::memcpy(out, text.data(), text.size());
    return out + text.size();
}

/// The publishers' doubles have six decimals at most: the nearest double to such a number.
double rounded_to_millionths(std::int32_t angle) {
    std::int32_t const half = angle < 0 ? -5 : 5;
    return static_cast<double>((angle + half) / 10) / 1e6;
}

}  // namespace

RowText::RowText(Layout const& layout)
    : layout_(&layout), money_(money_style(layout.numbers)), distance_(distance_style(layout.numbers)) {}

char* RowText::write(char* out, TripDraft const& trip) const {
    for (Field const field : layout_->fields) {
        out = write_field(out, field, trip);
        *out++ = ',';
    }
    return write_text(out - 1, layout_->row_tail);
}

char* RowText::write(char* out, TripDraft const& trip, RowFlaw const& flaw) const {
    std::size_t written = 0;
    for (Field const field : layout_->fields) {
        if (written == flaw.fields_kept) return out - 1;
        RowFlaw::Replacement const* other = nullptr;
        for (auto const& replaced : flaw.replaced) {
            if (field != Field::blank && replaced.field == field) other = &replaced;
        }
        out = other ? write_text(out, other->text) : write_field(out, field, trip);
        *out++ = ',';
        ++written;
    }
    return write_text(out - 1, layout_->row_tail);
}

char* RowText::write_field(char* out, Field field, TripDraft const& trip) const {
    CodeStyle const codes = layout_->codes;
    switch (field) {
        case Field::vendor:
            return write_text(out, vendor_text(codes, trip));
        case Field::pickup_time:
            return write_quoted_time(out, trip.pickup_time);
        case Field::dropoff_time:
            return write_quoted_time(out, trip.dropoff_time);
        case Field::passengers:
            return write_whole(out, trip.passengers);
        case Field::distance:
            return distance_.write(out, trip.centimiles);
        case Field::pickup_lon:
            return write_coordinate(out, trip.pickup.lon);
        case Field::pickup_lat:
            return write_coordinate(out, trip.pickup.lat);
        case Field::rate:
            return write_text(out, rate_text(codes, trip));
        case Field::store_and_forward:
            return write_text(out, store_and_forward_text(codes, trip));
        case Field::dropoff_lon:
            return write_coordinate(out, trip.dropoff.lon);
        case Field::dropoff_lat:
            return write_coordinate(out, trip.dropoff.lat);
        case Field::payment:
            return write_text(out, payment_text(codes, trip));
        case Field::fare:
            return money_.write(out, trip.fare);
        case Field::surcharge:
            return money_.write(out, trip.surcharge);
        // Cabs did not report the tax in most rows of the year in which it came.
        case Field::mta_tax:
            return codes == CodeStyle::words_2009 ? out : money_.write(out, trip.mta_tax);
        case Field::tip:
            return money_.write(out, trip.tip);
        case Field::tolls:
            return money_.write(out, trip.tolls);
        case Field::improvement:
            return money_.write(out, trip.improvement);
        case Field::total:
            return money_.write(out, trip.total);
        case Field::trip_type:
            return layout_->has_trip_type ? write_whole(out, trip.trip_type) : out;
        case Field::base: {
            auto const base = core::uber_bases[trip.base];
            if (!layout_->quoted) return write_text(out, base);
            return write_text(write_text(write_text(out, "\""), base), "\"");
        }
        case Field::blank:
            return out;
    }
    return out;
}

char* RowText::write_quoted_time(char* out, core::WallTime time) const {
    core::CivilTime const civil = core::civil_of(time);
    if (!layout_->quoted) return write_time(out, civil, layout_->dates);
    return write_text(write_time(write_text(out, "\""), civil, layout_->dates), "\"");
}

char* RowText::write_coordinate(char* out, std::int32_t angle) const {
    switch (layout_->numbers) {
        case NumberStyle::double17:
            return write_degrees(out, rounded_to_millionths(angle));
        case NumberStyle::float32:
        case NumberStyle::portal:
            return write_degrees(out, static_cast<double>(static_cast<float>(geo::degrees_from_angle(angle))));
        case NumberStyle::four_decimals:
            return write_four_decimals(out, angle);
    }
    return out;
}

}  // namespace tessera::synth
