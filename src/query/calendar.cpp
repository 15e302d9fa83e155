#include "calendar.hpp"

#include <limits>
#include <vector>

#include "key_layout.hpp"
#include "tessera/core/civil_time.hpp"

namespace tessera::query {
namespace {

constexpr std::size_t days = std::numeric_limits<std::uint32_t>::max() / core::seconds_per_day + 1;

std::vector<CalendarDay> make_calendar() {
    std::vector<CalendarDay> table;
    table.reserve(days);
    for (std::uint32_t day = 0; day < days; ++day) {
        core::CivilTime const date = core::civil_of({day * core::seconds_per_day});
        table.push_back({static_cast<std::uint8_t>(date.year - first_year), static_cast<std::uint8_t>(date.month),
                         static_cast<std::uint8_t>(date.day), static_cast<std::uint8_t>(date.weekday)});
    }
    return table;
}

}  // namespace

std::span<CalendarDay const> calendar() {
    static std::vector<CalendarDay> const table = make_calendar();
    return table;
}

}  // namespace tessera::query
