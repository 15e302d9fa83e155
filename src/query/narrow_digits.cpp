#include "narrow_digits.hpp"

#include "key_layout.hpp"
#include "tessera/core/civil_time.hpp"
#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

/// `digit_of` is compiled into the loop, and both into the function that calls it.
template <class T, class DigitOf>
[[gnu::always_inline]] inline void add_each(T const* values, std::size_t n, DigitPlace place,
                                            std::uint32_t* __restrict numbers, DigitOf digit_of) {
    for (std::size_t i = 0; i < n; ++i) {
        std::uint32_t const digit = digit_of(values[i]);
        numbers[i] |= digit <= place.most ? digit << place.shift : no_number;
    }
}

constexpr std::uint32_t seconds_per_hour = 3600;
constexpr std::uint32_t days_from_monday = 3;  // to 1970-01-01, a Thursday

/// A date of the calendar in which years begin with March, so that the leap day is the last of the year: then days and
/// months follow each other by simple fractions. Right while every
/// fourth year is a leap year.
struct MarchDate {
    std::uint32_t year;   ///< from 1968
    std::uint32_t month;  ///< 0 is March
    std::uint32_t day;    ///< of the month, from 0

    [[gnu::always_inline]] explicit MarchDate(core::WallTime time) {
        constexpr std::uint32_t days_from_first_march = 671;  // 1968-03-01 to 1970-01-01
        constexpr std::uint32_t days_of_four_years = 1461, days_of_five_months = 153;
        std::uint32_t const days = time.count / core::seconds_per_day + days_from_first_march;
        std::uint32_t const years = (4 * days + 3) / days_of_four_years;
        std::uint32_t const day_of_year = days - years * days_of_four_years / 4;
        year = 1968 + years;
        month = (5 * day_of_year + 2) / days_of_five_months;
        day = day_of_year - (days_of_five_months * month + 2) / 5;
    }
};

}  // namespace

// The compiler divides by a constant by multiplying.

TESSERA_WIDE void add_hours(core::WallTime const* times, std::size_t n, DigitPlace place, std::uint32_t* numbers) {
    add_each(times, n, place, numbers, [](core::WallTime t) { return t.count / seconds_per_hour % 24; });
}

TESSERA_WIDE void add_weekdays(core::WallTime const* times, std::size_t n, DigitPlace place, std::uint32_t* numbers) {
    add_each(times, n, place, numbers,
             [](core::WallTime t) { return (t.count / core::seconds_per_day + days_from_monday) % 7; });
}

TESSERA_WIDE void add_hours_of_week(core::WallTime const* times, std::size_t n, DigitPlace place,
                                    std::uint32_t* numbers) {
    add_each(times, n, place, numbers,
             [](core::WallTime t) { return (t.count / seconds_per_hour + 24 * days_from_monday) % (24 * 7); });
}

TESSERA_WIDE void add_years(core::WallTime const* times, std::size_t n, std::uint32_t least, DigitPlace place,
                            std::uint32_t* numbers) {
    add_each(times, n, place, numbers, [=](core::WallTime t) {
        MarchDate const date(t);
        return date.year + (date.month < 10 ? 0 : 1) - first_year - least;
    });
}

TESSERA_WIDE void add_months(core::WallTime const* times, std::size_t n, std::uint32_t least, DigitPlace place,
                             std::uint32_t* numbers) {
    add_each(times, n, place, numbers, [=](core::WallTime t) {
        MarchDate const date(t);
        return date.month + (date.month < 10 ? 3U : 0U - 9U) - least;
    });
}

TESSERA_WIDE void add_days(core::WallTime const* times, std::size_t n, std::uint32_t least, DigitPlace place,
                           std::uint32_t* numbers) {
    add_each(times, n, place, numbers, [=](core::WallTime t) {
        MarchDate const date(t);
        return date.day + 1 - least;
    });
}

TESSERA_WIDE void add_codes(std::uint8_t const* codes, std::size_t n, DigitPlace place, std::uint32_t* numbers) {
    add_each(codes, n, place, numbers, [](std::uint8_t code) { return std::uint32_t{code}; });
}

TESSERA_WIDE void add_passengers(core::Passengers const* passengers, std::size_t n, DigitPlace place,
                                 std::uint32_t* numbers) {
    static_assert(core::unknown<core::Passengers>().count == 255);
    add_each(passengers, n, place, numbers, [](core::Passengers p) { return (p.count + 1U) & 255U; });
}

TESSERA_WIDE void add_miles(core::Centimiles const* distances, std::size_t n, DigitPlace place,
                            std::uint32_t* numbers) {
    add_each(distances, n, place, numbers, [](core::Centimiles distance) {
        constexpr std::uint32_t most_below_zero = 49;  // that are rounded to 0, not to -1
        auto const bits = static_cast<std::uint32_t>(distance.count);
        bool const is_counted = bits + most_below_zero < no_number;
        std::uint32_t const digit = is_counted ? (bits + 50) / 100 + 1 : no_number;
        return is_known(distance) ? digit : 0U;
    });
}

TESSERA_WIDE void add_cells(core::Angle const* lon, core::Angle const* lat, std::size_t n, unsigned level,
                            CellRun across, CellRun up, DigitPlace place, std::uint32_t* __restrict numbers) {
    for (std::size_t i = 0; i < n; ++i) {
        std::uint32_t const column = cell_of(lon[i].count, level) - across.first;
        std::uint32_t const row = cell_of(lat[i].count, level) - up.first;
        bool const inside = column < across.count && row < up.count;
        std::uint32_t const digit = inside ? row * across.count + column + 1 : no_number;
        std::uint32_t const known = is_known(lon[i]) && is_known(lat[i]) ? digit : 0;
        numbers[i] |= known <= place.most ? known << place.shift : no_number;
    }
}

TESSERA_WIDE bool any_without_number(std::uint32_t const* numbers, std::size_t n) {
    std::uint32_t together = 0;
    for (std::size_t i = 0; i < n; ++i)
        together |= numbers[i];
    return (together & no_number) != 0;
}

}  // namespace tessera::query
