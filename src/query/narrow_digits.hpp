#pragma once
#include <cstddef>
#include <cstdint>

#include "tessera/core/units.hpp"

// The digits of narrow keys (see narrow_keys.hpp), one key after the other over the rows of a block: loops without
// branches, without divisions and over one type, which the compiler turns into vectors.
namespace tessera::query {

/// Set in the number of a row that has a value which its digit cannot hold.
inline constexpr std::uint32_t no_number = std::uint32_t{1} << 31;

/// Where in a number a digit is, and the largest that it may be.
struct DigitPlace {
    unsigned shift = 0;
    std::uint32_t most = 0;
};

/// Local. Number of the cell of a level that holds a coordinate, in one direction. The grid begins at the least
/// integer, which also stands for unknown.
inline std::uint32_t cell_of(std::int32_t angle, unsigned level) {
    return (static_cast<std::uint32_t>(angle) ^ no_number) >> 1 >> (31 - level);
}
/// Local. A coordinate in that cell, of level 1 or deeper.
inline std::int32_t corner_of_cell(std::uint32_t cell, unsigned level) {
    return static_cast<std::int32_t>(cell << (31 - level) << 1 ^ no_number);
}

/// A run of cells in one direction.
struct CellRun {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

// Local. Each puts its digit into numbers[0 .. n - 1].

/// Local. Hours of the day.
void add_hours(core::WallTime const* times, std::size_t n, DigitPlace place, std::uint32_t* numbers);
/// Local. ISO weekday less 1.
void add_weekdays(core::WallTime const* times, std::size_t n, DigitPlace place, std::uint32_t* numbers);
/// Local. Hours since Monday.
void add_hours_of_week(core::WallTime const* times, std::size_t n, DigitPlace place, std::uint32_t* numbers);
/// Days since 1970-01-01: until then every fourth year is a leap year, and dates are found by that.
inline constexpr std::uint32_t first_day_of_march_2100 = 47'541;
/// Local. Years since 1970, less `least`. Shape: days before March 2100.
void add_years(core::WallTime const* times, std::size_t n, std::uint32_t least, DigitPlace place,
               std::uint32_t* numbers);
/// Local. Months, 1 to 12, less `least`. Shape: days before March 2100.
void add_months(core::WallTime const* times, std::size_t n, std::uint32_t least, DigitPlace place,
                std::uint32_t* numbers);
/// Local. Days of the month, 1 to 31, less `least`. Shape: days before March 2100.
void add_days(core::WallTime const* times, std::size_t n, std::uint32_t least, DigitPlace place,
              std::uint32_t* numbers);
/// Local. Codes as they are.
void add_codes(std::uint8_t const* codes, std::size_t n, DigitPlace place, std::uint32_t* numbers);
/// Local. One more than the number, 0 for unknown.
void add_passengers(core::Passengers const* passengers, std::size_t n, DigitPlace place, std::uint32_t* numbers);
/// Local. One more than the rounded mile, 0 for unknown; negative miles have none.
void add_miles(core::Centimiles const* distances, std::size_t n, DigitPlace place, std::uint32_t* numbers);
/// Local. Column and row of the cell, two digits; the number is one more, 0 for an unknown point.
void add_cells(core::Angle const* lon, core::Angle const* lat, std::size_t n, unsigned level, CellRun across,
               CellRun up, DigitPlace place, std::uint32_t* numbers);

/// Local. Whether a row has no number.
bool any_without_number(std::uint32_t const* numbers, std::size_t n);

}  // namespace tessera::query
