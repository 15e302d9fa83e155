#include "tessera/ingest/parse_row.hpp"

#include <algorithm>
#include <limits>

#include "tessera/geo/box.hpp"
#include "tessera/ingest/decimal.hpp"
#include "tessera/ingest/dictionary.hpp"
#include "tessera/ingest/split_line.hpp"
#include "tessera/ingest/timestamp.hpp"

namespace tessera::ingest {
namespace {

/// The fields of a line: each is trimmed, and without quotes.
class Fields {
  public:
    Fields(Binding const& binding, std::vector<std::string_view> const& fields) : binding_(binding), fields_(fields) {}
    std::string_view operator[](Field field) const {
        int const column = binding_.column_of(field);
        return column == Binding::absent ? std::string_view() : fields_[static_cast<std::size_t>(column)];
    }

  private:
    Binding const& binding_;
    std::vector<std::string_view> const& fields_;
};

/// Reads a column that may be empty; false where it is neither empty nor a number that fits.
template <class Q>
bool read_amount(Fields const& fields, Field field, Q& amount) {
    std::string_view const text = fields[field];
    amount = core::unknown<Q>();
    if (text.empty()) return true;
    auto const value = parse_decimal(text, 2);
    using Limits = std::numeric_limits<typename Q::Rep>;
    if (!value || *value <= Limits::min() || *value > Limits::max()) return false;
    amount.count = static_cast<typename Q::Rep>(*value);
    return true;
}

/// As above, for a number of passengers; one that a byte cannot hold is not known.
bool read_passengers(Fields const& fields, core::Passengers& passengers) {
    std::string_view const text = fields[Field::passengers];
    passengers = core::unknown<core::Passengers>();
    if (text.empty()) return true;
    auto const value = parse_decimal(text, 0);
    if (!value || *value < 0) return false;
    if (*value < passengers.count) passengers.count = static_cast<std::uint8_t>(*value);
    return true;
}

enum class PlaceState { known, none, wrong };

/// Reads a pair of coordinates: none where one is empty or both are zero. Numbers beyond all angles become the largest,
/// which lies in no region and at no place on earth.
PlaceState read_place(Fields const& fields, Field lon_field, Field lat_field, geo::Point& point) {
    std::string_view const lon = fields[lon_field], lat = fields[lat_field];
    if (lon.empty() || lat.empty()) return PlaceState::none;
    auto const x = parse_decimal(lon, 7), y = parse_decimal(lat, 7);
    if (!x || !y) return PlaceState::wrong;
    if (*x == 0 && *y == 0) return PlaceState::none;
    auto const clamp = [](std::int64_t angle) {
        constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
        return static_cast<std::int32_t>(std::clamp(angle, -most, most));
    };
    point = {clamp(*x), clamp(*y)};
    return PlaceState::known;
}

bool read_times(Fields const& fields, core::Trip& trip) {
    auto const pickup = parse_timestamp(fields[Field::pickup_time]);
    if (!pickup) return false;
    trip.pickup_time = *pickup;
    trip.dropoff_time = core::unknown<core::WallTime>();
    std::string_view const text = fields[Field::dropoff_time];
    if (text.empty()) return true;
    auto const dropoff = parse_timestamp(text);
    if (dropoff) trip.dropoff_time = *dropoff;
    return dropoff.has_value();
}

bool read_places(Fields const& fields, core::Trip& trip, bool& has_pickup) {
    geo::Point pickup, dropoff;
    PlaceState const from = read_place(fields, Field::pickup_lon, Field::pickup_lat, pickup);
    PlaceState const to = read_place(fields, Field::dropoff_lon, Field::dropoff_lat, dropoff);
    has_pickup = from == PlaceState::known;
    trip.pickup_lon.count = pickup.lon;
    trip.pickup_lat.count = pickup.lat;
    bool const on_earth = to == PlaceState::known && geo::Box::world().contains(dropoff);
    trip.dropoff_lon = on_earth ? core::Angle{dropoff.lon} : core::unknown<core::Angle>();
    trip.dropoff_lat = on_earth ? core::Angle{dropoff.lat} : core::unknown<core::Angle>();
    return from != PlaceState::wrong && to != PlaceState::wrong;
}

bool read_amounts(Fields const& fields, core::Trip& trip) {
    return read_amount(fields, Field::distance, trip.distance) && read_amount(fields, Field::fare, trip.fare) &&
           read_amount(fields, Field::tip, trip.tip) && read_amount(fields, Field::tolls, trip.tolls) &&
           read_amount(fields, Field::total, trip.total) && read_passengers(fields, trip.passengers);
}

void read_codes(Fields const& fields, core::Source source, core::Trip& trip) {
    trip.payment = payment_code(fields[Field::payment]);
    trip.rate = rate_code(fields[Field::rate]);
    trip.vendor = source == core::Source::uber ? uber_vendor_code(fields[Field::vendor])
                                               : taxi_vendor_code(fields[Field::vendor]);
    trip.source = source;
}

std::optional<core::Reject> read_fields(Fields const& fields, core::Source source, core::Trip& trip) {
    bool has_pickup = false;
    if (!read_times(fields, trip) || !read_places(fields, trip, has_pickup) || !read_amounts(fields, trip))
        return core::Reject::malformed;
    read_codes(fields, source, trip);
    if (!has_pickup) return core::Reject::no_pickup;
    return std::nullopt;
}

}  // namespace

std::optional<core::Reject> RowParser::parse(std::string_view line, core::Trip& trip) {
    split_line(line, binding_.columns, fields_);
    if (fields_.size() < binding_.columns) return core::Reject::malformed;
    return read_fields(Fields(binding_, fields_), binding_.source, trip);
}

}  // namespace tessera::ingest
