#include "narrow_keys.hpp"

#include <algorithm>
#include <bit>

#include "calendar.hpp"
#include "extent.hpp"
#include "key_layout.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::query {
namespace {

unsigned bits_of(DigitPlace place) {
    return static_cast<unsigned>(std::bit_width(place.most));
}

std::uint32_t value_of(CalendarDay date, KeyKind kind) {
    return kind == KeyKind::year ? date.year : kind == KeyKind::month ? date.month : date.day;
}

/// All bits that a digit takes.
std::uint32_t ones_of(DigitPlace place) {
    return static_cast<std::uint32_t>(all_ones(bits_of(place)));
}

CellRun run_of_cells(std::int32_t low, std::int32_t high, unsigned level) {
    std::uint32_t const first = cell_of(low, level), last = cell_of(high, level);
    return {first, last - first + 1};
}

/// The largest digit of a code that one usually meets.
std::uint32_t most_of(KeyKind kind) {
    switch (kind) {
        case KeyKind::source:
            return 3;
        case KeyKind::payment:
        case KeyKind::rate:
        case KeyKind::weekday:
            return 7;
        case KeyKind::vendor:
        case KeyKind::passengers:
            return 15;
        case KeyKind::hour:
            return 23;
        case KeyKind::hour_of_week:
            return 167;
        default:
            return 127;  // miles
    }
}

}  // namespace

NarrowKeys::NarrowKeys(geo::TileTable const& tiles, AggregateQuestion const& question, unsigned most_bits) {
    unsigned bits = 0;
    for (Key const key : question.keys) {
        Digit digit = make_digit(key, tiles, question.filter);
        digit.place.shift = bits;
        bits += bits_of(digit.place);
        if (bits > most_bits) return;
        digits_.push_back(std::move(digit));
    }
    size_ = std::size_t{1} << bits;
}

NarrowKeys::Digit NarrowKeys::make_digit(Key key, geo::TileTable const& tiles, Filter const& filter) {
    Digit digit{};
    digit.key = key;
    digit.place.most = most_of(key.kind);
    if (key.kind == KeyKind::year || key.kind == KeyKind::month || key.kind == KeyKind::day)
        span_dates(digit, tiles, filter);
    if (key.kind == KeyKind::pickup_tile) cut_cells(digit, box_around(tiles, filter, End::pickup));
    if (key.kind == KeyKind::dropoff_tile) cut_cells(digit, box_around(tiles, filter, End::dropoff));
    return digit;
}

void NarrowKeys::span_dates(Digit& digit, geo::TileTable const& tiles, Filter const& filter) {
    DayRange const days = days_around(tiles, filter);
    digit.place.most = 0;
    for (std::uint32_t day = days.first; day <= days.last; ++day) {
        std::uint32_t const value = value_of(calendar()[day], digit.key.kind);
        digit.least = day == days.first ? value : std::min(digit.least, value);
        digit.place.most = std::max(digit.place.most, value);
    }
    digit.place.most -= digit.least;
    if (days.last >= first_day_of_march_2100) digit.place.most = no_number;
}

void NarrowKeys::cut_cells(Digit& digit, geo::Box const& around) {
    digit.place.most = 0;
    if (around.empty()) return;  // 0 is an unknown point
    digit.across = run_of_cells(around.west, around.east, digit.key.level);
    digit.up = run_of_cells(around.south, around.north, digit.key.level);
    std::uint64_t const cells = std::uint64_t{digit.across.count} * digit.up.count;
    digit.place.most = static_cast<std::uint32_t>(std::min<std::uint64_t>(cells, no_number));
}

void NarrowKeys::number_rows(core::TripTable const& trips, RowBlock const& block,
                             PerRow<std::uint32_t>& numbers) const {
    std::fill_n(numbers.begin(), block.size(), 0U);
    for (Digit const& digit : digits_)
        if (digit.place.most > 0) add(digit, trips, block, numbers.data());  // else the tile table has said it
}

void NarrowKeys::add(Digit const& digit, core::TripTable const& trips, RowBlock const& block, std::uint32_t* numbers) {
    std::size_t const n = block.size();
    PerRow<core::WallTime> times_room;
    PerRow<core::Code> codes_room;
    auto const times = [&] { return block.pickup_times(trips, times_room); };
    auto const codes = [&](std::vector<core::Code> const& column) {
        static_assert(sizeof(core::Code) == 1);
        return reinterpret_cast<std::uint8_t const*>(block.values(column, codes_room));
    };
    switch (digit.key.kind) {
        case KeyKind::source: {
            PerRow<core::Source> room;
            return add_codes(reinterpret_cast<std::uint8_t const*>(block.values(trips.source, room)), n, digit.place,
                             numbers);
        }
        case KeyKind::vendor:
            return add_codes(codes(trips.vendor), n, digit.place, numbers);
        case KeyKind::payment:
            return add_codes(codes(trips.payment), n, digit.place, numbers);
        case KeyKind::rate:
            return add_codes(codes(trips.rate), n, digit.place, numbers);
        case KeyKind::passengers: {
            PerRow<core::Passengers> room;
            return add_passengers(block.values(trips.passengers, room), n, digit.place, numbers);
        }
        case KeyKind::year:
            return add_years(times(), n, digit.least, digit.place, numbers);
        case KeyKind::month:
            return add_months(times(), n, digit.least, digit.place, numbers);
        case KeyKind::day:
            return add_days(times(), n, digit.least, digit.place, numbers);
        case KeyKind::hour:
            return add_hours(times(), n, digit.place, numbers);
        case KeyKind::weekday:
            return add_weekdays(times(), n, digit.place, numbers);
        case KeyKind::hour_of_week:
            return add_hours_of_week(times(), n, digit.place, numbers);
        case KeyKind::distance_mile: {
            PerRow<core::Centimiles> room;
            return add_miles(block.values(trips.distance, room), n, digit.place, numbers);
        }
        case KeyKind::pickup_tile:
        case KeyKind::dropoff_tile: {
            bool const pickup = digit.key.kind == KeyKind::pickup_tile;
            PerRow<core::Angle> lon_room, lat_room;
            add_cells(block.values(pickup ? trips.pickup_lon : trips.dropoff_lon, lon_room),
                      block.values(pickup ? trips.pickup_lat : trips.dropoff_lat, lat_room), n, digit.key.level,
                      digit.across, digit.up, digit.place, numbers);
        }
    }
}

std::uint64_t NarrowKeys::full_digit(Digit const& digit, std::uint32_t narrow) {
    switch (digit.key.kind) {
        case KeyKind::year:
        case KeyKind::month:
        case KeyKind::day:
            return digit.least + narrow;
        case KeyKind::weekday:
            return narrow + 1;
        case KeyKind::passengers:
            return narrow == 0 ? core::unknown<core::Passengers>().count : narrow - 1;
        case KeyKind::distance_mile:
            return narrow == 0 ? all_ones(mile_bits) : static_cast<std::uint64_t>(narrow - 1 - least_mile);
        case KeyKind::pickup_tile:
        case KeyKind::dropoff_tile: {
            if (narrow == 0) return all_ones(query::bits_of(digit.key));
            std::uint32_t const column = digit.across.first + (narrow - 1) % digit.across.count;
            std::uint32_t const row = digit.up.first + (narrow - 1) / digit.across.count;
            geo::Point const corner{corner_of_cell(column, digit.key.level), corner_of_cell(row, digit.key.level)};
            return geo::prefix_of(geo::hilbert_key(corner), digit.key.level);
        }
        default:
            return narrow;
    }
}

GroupKey NarrowKeys::key_of(std::size_t number) const {
    GroupKey key{};
    unsigned all_bits = 0;
    for (Digit const& digit : digits_) {
        auto const narrow = static_cast<std::uint32_t>(number >> digit.place.shift) & ones_of(digit.place);
        unsigned const bits = query::bits_of(digit.key);
        key = shift_up(key, bits);
        key.back() |= full_digit(digit, narrow);
        all_bits += bits;
    }
    return group_key_of(key, all_bits);
}

}  // namespace tessera::query
