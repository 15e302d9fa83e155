#include "slow_time.hpp"

#include <cstdint>
#include <regex>

namespace tessera::ingest::testing {
namespace {

bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(int year, int month) {
    if (month == 2) return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::optional<std::int64_t> count_days(int year, int month, int day) {
    if (year < 1970 || year > 2105 || month < 1 || month > 12 || day < 1 || day > days_in(year, month))
        return std::nullopt;
    std::int64_t days = day - 1;
    for (int y = 1970; y < year; ++y)
        days += is_leap(y) ? 366 : 365;
    for (int m = 1; m < month; ++m)
        days += days_in(year, m);
    return days;
}

}  // namespace

std::optional<core::WallTime> slow_time(std::string const& text) {
    static std::string const clock = R"([ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d{1,9})?)?(?: ?([AaPp])[Mm])?)";
    static std::regex const year_first(R"((\d{4})([-/])(\d{1,2})\2(\d{1,2}))" + clock);
    static std::regex const month_first(R"((\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2}))" + clock);
    if (text.size() > 40) return std::nullopt;  // longer than any, and more than the patterns can take
    std::smatch part;
    std::optional<std::int64_t> days;
    if (std::regex_match(text, part, year_first)) {
        days = count_days(std::stoi(part[1]), std::stoi(part[3]), std::stoi(part[4]));
    } else if (std::regex_match(text, part, month_first)) {
        int const year = std::stoi(part[4]) + (part.length(4) == 2 ? 2000 : 0);
        days = count_days(year, std::stoi(part[1]), std::stoi(part[3]));
    }
    if (!days) return std::nullopt;
    int hour = std::stoi(part[5]);
    int const minute = std::stoi(part[6]), second = part.length(7) > 0 ? std::stoi(part[7]) : 0;
    if (part.length(8) > 0) {
        if (hour < 1 || hour > 12) return std::nullopt;
        bool const afternoon = part[8] == "P" || part[8] == "p";
        if (hour == 12) hour = 0;
        if (afternoon) hour += 12;
    }
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    std::int64_t const seconds = ((*days * 24 + hour) * 60 + minute) * 60 + second;
    if (seconds == 0) return std::nullopt;  // stands for unknown
    return core::WallTime{static_cast<std::uint32_t>(seconds)};
}

std::optional<std::uint32_t> slow_wall_time(std::string const& text) {
    static std::regex const form(R"((\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?)?)");
    std::smatch part;
    if (text.size() > 40 || !std::regex_match(text, part, form)) return std::nullopt;
    std::string const clock = part.length(2) > 0 ? part[2].str() : "00:00";
    std::string const whole = part[1].str() + " " + clock + (part.length(3) > 0 ? part[3].str() : ":00");
    if (whole == "1970-01-01 00:00:00") return 0;  // which no trip has
    auto const time = slow_time(whole);
    return time ? std::optional(time->count) : std::nullopt;
}

}  // namespace tessera::ingest::testing
