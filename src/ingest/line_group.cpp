#include "tessera/ingest/line_group.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "tessera/geo/box.hpp"
#include "tessera/ingest/decimal.hpp"
#include "tessera/ingest/dictionary.hpp"
#include "tessera/ingest/split_line.hpp"
#include "tessera/ingest/timestamp.hpp"

namespace tessera::ingest {
namespace {

constexpr std::int64_t unknown_amount = core::unknown<core::Cents>().count;
constexpr std::int64_t unknown_angle = core::unknown<core::Angle>().count;
constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();

constexpr std::size_t index_of(Field field) {
    return static_cast<std::size_t>(field);
}

/// What a column that is not there is full of.
std::int64_t value_of_absent(Field field) {
    if (field <= Field::dropoff_time) return 0;
    if (field <= Field::dropoff_lat) return unknown_angle;
    if (field <= Field::total) return unknown_amount;
    return field == Field::passengers ? core::unknown<core::Passengers>().count : 0;
}

/// A number of passengers that a FieldMemo can remember; beyond all bytes where it is malformed.
constexpr std::uint16_t malformed_passengers = 256;
std::uint16_t read_passengers(std::string_view text) {
    constexpr std::uint16_t unknown = core::unknown<core::Passengers>().count;
    if (text.empty()) return unknown;
    auto const number = parse_decimal(text, 0);
    if (!number || *number < 0) return malformed_passengers;
    return static_cast<std::uint16_t>(std::min<std::int64_t>(*number, unknown));
}

}  // namespace

LineGroup::LineGroup(Binding const& binding) : binding_(binding) {
    for (std::size_t field = 0; field < field_count; ++field)
        values_[field].fill(value_of_absent(static_cast<Field>(field)));
}

void LineGroup::start(char const* text) {
    text_ = text;
    size_ = 0;
}

std::string_view LineGroup::field(std::size_t column, std::size_t line) const {
    std::size_t const begin = lines_[line].begin(column);
    return trim({text_ + begin, lines_[line].end(column) - begin});
}

/// The texts of a column. The carriage return at a line's end is none of its last field.
void LineGroup::gather(std::size_t column) {
    bool const is_last = column + 1 == binding_.columns;
    for (std::size_t line = 0; line < size_; ++line) {
        std::size_t const begin = lines_[line].begin(column);
        char const* const text = text_ + begin;
        gathered_.first[line] = load_word(text);
        gathered_.second[line] = load_word(text + 8);
        gathered_.third[line] = load_word(text + 16);
        gathered_.length[line] = lines_[line].end(column) - begin;
    }
    if (!is_last) return;
    for (std::size_t line = 0; line < size_; ++line)
        if (gathered_.length[line] > 0 && text_[lines_[line].end(column) - 1] == '\r') --gathered_.length[line];
}

/// Has fix(text, value) read what the quick reader could not; where that cannot either, the line is unusual.
template <class Fix>
void LineGroup::fix_unusual(Field field, Fix&& fix) {
    std::uint64_t any = 0;
    for (std::size_t line = 0; line < size_; ++line)
        any |= odd_[line];
    if (any == 0) return;
    for (std::size_t line = 0; line < size_; ++line)
        if (odd_[line] != 0 && !fix(this->field(column_of(field), line), values_[index_of(field)][line]))
            unusual_[line] = 1;
}

void LineGroup::read_time(Field field) {
    gather(column_of(field));
    read_times(gathered_, size_, values_[index_of(field)], odd_);
    fix_unusual(field, [&](std::string_view text, std::int64_t& value) {
        value = core::unknown<core::WallTime>().count;
        if (text.empty()) return field == Field::dropoff_time;
        auto const time = parse_timestamp(text);
        if (time) value = time->count;
        return time.has_value();
    });
}

void LineGroup::read_angle(Field field) {
    gather(column_of(field));
    read_angles(gathered_, size_, values_[index_of(field)], odd_);
    fix_unusual(field, [](std::string_view text, std::int64_t& value) {
        auto const number = parse_decimal(text, 7);
        if (number) value = std::clamp(*number, -most, most);
        return number.has_value();
    });
}

void LineGroup::read_amount(Field field) {
    gather(column_of(field));
    read_hundredths(gathered_, size_, values_[index_of(field)], odd_);
    fix_unusual(field, [](std::string_view text, std::int64_t& value) {
        value = unknown_amount;
        if (text.empty()) return true;
        auto const number = parse_decimal(text, 2);
        if (!number || *number < -most || *number > most) return false;
        value = *number;
        return true;
    });
}

template <class Read>
void LineGroup::read_code(Field field, Read&& read) {
    std::size_t const column = column_of(field);
    FieldMemo& memo = memos_[index_of(field)];
    for (std::size_t line = 0; line < size_; ++line) {
        std::size_t const begin = lines_[line].begin(column);
        values_[index_of(field)][line] = memo.find(text_ + begin, lines_[line].end(column) - begin,
                                                   [&] { return std::uint16_t{read(this->field(column, line))}; });
    }
}

void LineGroup::read() {
    unusual_.fill(0);
    auto const for_bound = [&](std::initializer_list<Field> fields, auto&& read_field) {
        for (Field const field : fields)
            if (binding_.has(field)) read_field(field);
    };
    for_bound({Field::pickup_time, Field::dropoff_time}, [&](Field field) { read_time(field); });
    for_bound({Field::pickup_lon, Field::pickup_lat, Field::dropoff_lon, Field::dropoff_lat},
              [&](Field field) { read_angle(field); });
    for_bound({Field::distance, Field::fare, Field::tip, Field::tolls, Field::total},
              [&](Field field) { read_amount(field); });
    for_bound({Field::passengers}, [&](Field field) {
        read_code(field, read_passengers);
        for (std::size_t line = 0; line < size_; ++line)
            unusual_[line] |= value(field, line) == malformed_passengers ? 1 : 0;
    });
    for_bound({Field::payment},
              [&](Field field) { read_code(field, [](auto text) { return payment_code(text).count; }); });
    for_bound({Field::rate}, [&](Field field) { read_code(field, [](auto text) { return rate_code(text).count; }); });
    bool const uber = binding_.source == core::Source::uber;
    for_bound({Field::vendor}, [&](Field field) {
        read_code(field, [&](auto text) { return uber ? uber_vendor_code(text).count : taxi_vendor_code(text).count; });
    });
}

std::optional<core::Reject> LineGroup::parse(std::size_t line, core::Trip& trip) const {
    trip.pickup_time = get<core::WallTime>(Field::pickup_time, line);
    trip.dropoff_time = get<core::WallTime>(Field::dropoff_time, line);
    trip.pickup_lon = get<core::Angle>(Field::pickup_lon, line);
    trip.pickup_lat = get<core::Angle>(Field::pickup_lat, line);
    trip.dropoff_lon = get<core::Angle>(Field::dropoff_lon, line);
    trip.dropoff_lat = get<core::Angle>(Field::dropoff_lat, line);
    bool const nowhere = trip.dropoff_lon.count == 0 && trip.dropoff_lat.count == 0;
    if (nowhere || !geo::Box::world().contains(geo::Point{trip.dropoff_lon.count, trip.dropoff_lat.count}))
        trip.dropoff_lon = trip.dropoff_lat = core::unknown<core::Angle>();
    trip.distance = get<core::Centimiles>(Field::distance, line);
    trip.fare = get<core::Cents>(Field::fare, line);
    trip.tip = get<core::Cents>(Field::tip, line);
    trip.tolls = get<core::Cents>(Field::tolls, line);
    trip.total = get<core::Cents>(Field::total, line);
    trip.passengers = get<core::Passengers>(Field::passengers, line);
    trip.payment = get<core::Code>(Field::payment, line);
    trip.rate = get<core::Code>(Field::rate, line);
    trip.vendor = get<core::Code>(Field::vendor, line);
    trip.source = binding_.source;
    if (trip.pickup_lon.count == 0 && trip.pickup_lat.count == 0) return core::Reject::no_pickup;
    return std::nullopt;
}

}  // namespace tessera::ingest
