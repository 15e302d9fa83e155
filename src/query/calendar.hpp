#pragma once
#include <cstdint>
#include <span>

namespace tessera::query {

/// A day of the calendar, small, so that a table of all days stays near the processor.
struct CalendarDay {
    std::uint8_t year;     ///< since 1970
    std::uint8_t month;    ///< 1 to 12
    std::uint8_t day;      ///< 1 to 31
    std::uint8_t weekday;  ///< ISO: 1 is Monday
};

/// Local. Every day that a WallTime can name, from 1970-01-01; made at the first call.
std::span<CalendarDay const> calendar();

}  // namespace tessera::query
