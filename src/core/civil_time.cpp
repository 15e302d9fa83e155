#include "tessera/core/civil_time.hpp"

#include <fmt/format.h>

#include <chrono>

namespace tessera::core {
namespace {

/// The number written by exactly `width` digits at `position`; nothing otherwise.
std::optional<unsigned> digits_at(std::string_view text, std::size_t position, std::size_t width) {
    if (position + width > text.size()) return std::nullopt;
    unsigned value = 0;
    for (char const c : text.substr(position, width)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

}  // namespace

CivilTime civil_of(WallTime time) {
    using namespace std::chrono;
    sys_days const day{days{time.count / seconds_per_day}};
    year_month_day const date{day};
    std::uint32_t const second = time.count % seconds_per_day;
    return {int{date.year()}, unsigned{date.month()},     unsigned{date.day()}, second / 3600, second / 60 % 60,
            second % 60,      weekday{day}.iso_encoding()};
}

std::optional<std::uint32_t> days_of(int year, unsigned month, unsigned day) {
    using namespace std::chrono;
    year_month_day const date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok() || year < 1970 || year > 2105) return std::nullopt;
    return static_cast<std::uint32_t>(sys_days{date}.time_since_epoch().count());
}

std::optional<WallTime> parse_wall_time(std::string_view text) {
    auto const year = digits_at(text, 0, 4), month = digits_at(text, 5, 2), day = digits_at(text, 8, 2);
    if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
    auto const days = days_of(static_cast<int>(*year), *month, *day);
    if (!days) return std::nullopt;
    WallTime const midnight{*days * seconds_per_day};
    if (text.size() == 10) return midnight;

    auto const hour = digits_at(text, 11, 2), minute = digits_at(text, 14, 2);
    if (!hour || !minute || (text[10] != 'T' && text[10] != ' ') || text[13] != ':') return std::nullopt;
    unsigned second = 0;
    if (text.size() != 16) {
        auto const given = digits_at(text, 17, 2);
        if (!given || text[16] != ':' || text.size() != 19) return std::nullopt;
        second = *given;
    }
    if (*hour > 23 || *minute > 59 || second > 59) return std::nullopt;
    return WallTime{midnight.count + *hour * 3600 + *minute * 60 + second};
}

std::string format_wall_time(WallTime time) {
    if (!is_known(time)) return {};
    CivilTime const t = civil_of(time);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute, t.second);
}

}  // namespace tessera::core
