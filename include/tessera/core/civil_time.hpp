#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tessera/core/units.hpp"

namespace tessera::core {

inline constexpr std::uint32_t seconds_per_day = 86'400;

/// A wall-clock time taken apart.
struct CivilTime {
    int year;
    unsigned month;    ///< 1 to 12
    unsigned day;      ///< 1 to 31
    unsigned hour;     ///< 0 to 23
    unsigned minute;   ///< 0 to 59
    unsigned second;   ///< 0 to 59
    unsigned weekday;  ///< ISO: 1 is Monday, 7 is Sunday
};

/// Local. Takes a time apart.
CivilTime civil_of(WallTime time);

/// Local. Days from 1970-01-01 to that date; nothing when the calendar has no such date, or when it lies outside
/// 1970-01-01 to 2105-12-31, which is what a WallTime can hold.
std::optional<std::uint32_t> days_of(int year, unsigned month, unsigned day);

/// Local. The time of "2014-04-01T08:00:00", "2014-04-01T08:00" or "2014-04-01" (its first second); a blank may stand
/// for the T. Nothing when there is no such time.
std::optional<WallTime> parse_wall_time(std::string_view text);

/// Local. "2014-04-01T08:00:00"; empty for an unknown time.
std::string format_wall_time(WallTime time);

}  // namespace tessera::core
