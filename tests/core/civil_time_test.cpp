#include "tessera/core/civil_time.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <limits>
#include <random>
#include <regex>

#include "harness/seed.hpp"

namespace tessera::core {
namespace {

constexpr std::uint32_t last_second = std::numeric_limits<std::uint32_t>::max();

/// The C library's calendar is the oracle.
std::tm broken_down(std::uint32_t seconds) {
    std::time_t const time = seconds;
    std::tm parts{};
    gmtime_r(&time, &parts);
    return parts;
}

void expect_as_gmtime(std::uint32_t seconds) {
    CivilTime const got = civil_of(WallTime{seconds});
    std::tm const want = broken_down(seconds);
    ASSERT_EQ(got.year, want.tm_year + 1900) << seconds;
    ASSERT_EQ(got.month, static_cast<unsigned>(want.tm_mon + 1)) << seconds;
    ASSERT_EQ(got.day, static_cast<unsigned>(want.tm_mday)) << seconds;
    ASSERT_EQ(got.hour, static_cast<unsigned>(want.tm_hour)) << seconds;
    ASSERT_EQ(got.minute, static_cast<unsigned>(want.tm_min)) << seconds;
    ASSERT_EQ(got.second, static_cast<unsigned>(want.tm_sec)) << seconds;
    ASSERT_EQ(got.weekday, static_cast<unsigned>(want.tm_wday == 0 ? 7 : want.tm_wday)) << seconds;
}

/// Days to a date if the C library gives the same date back, that is, if there is such a date.
std::optional<std::uint32_t> days_by_timegm(int year, unsigned month, unsigned day) {
    std::tm asked{};
    asked.tm_year = year - 1900;
    asked.tm_mon = static_cast<int>(month) - 1;
    asked.tm_mday = static_cast<int>(day);
    std::tm normal = asked;
    std::time_t const time = timegm(&normal);
    bool const exists =
        normal.tm_year == asked.tm_year && normal.tm_mon == asked.tm_mon && normal.tm_mday == asked.tm_mday;
    if (!exists || year < 1970 || year > 2105) return std::nullopt;
    return static_cast<std::uint32_t>(time / seconds_per_day);
}

/// The grammar as a regular expression, and the ranges by hand: slow and obvious.
std::optional<WallTime> parse_by_regex(std::string const& text) {
    static std::regex const form(R"((\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?)");
    std::smatch part;
    if (!std::regex_match(text, part, form)) return std::nullopt;
    auto const number = [&](std::size_t i) {
        return part[i].matched ? static_cast<unsigned>(std::stoul(part[i].str())) : 0U;
    };
    auto const days = days_by_timegm(static_cast<int>(number(1)), number(2), number(3));
    if (!days || number(4) > 23 || number(5) > 59 || number(6) > 59) return std::nullopt;
    return WallTime{*days * seconds_per_day + number(4) * 3600 + number(5) * 60 + number(6)};
}

TEST(CivilTime, IsAsGmtimeOverTheWholeRange) {
    for (std::uint64_t seconds = 0; seconds <= last_second; seconds += 30'011)
        expect_as_gmtime(static_cast<std::uint32_t>(seconds));
    expect_as_gmtime(last_second);
}

TEST(CivilTime, IsAsGmtimeAtBothEndsOfEachDay) {
    for (std::uint32_t day = 0; day < last_second / seconds_per_day; ++day) {
        expect_as_gmtime(day * seconds_per_day);
        expect_as_gmtime(day * seconds_per_day + seconds_per_day - 1);
    }
}

TEST(CivilTime, DaysAreAsTimegmForEachDateThatIsAndIsNot) {
    for (int year = 1968; year <= 2108; ++year)
        for (unsigned month = 0; month <= 14; ++month)
            for (unsigned day = 0; day <= 33; ++day)
                ASSERT_EQ(days_of(year, month, day), days_by_timegm(year, month, day))
                    << year << "-" << month << "-" << day;
}

TEST(CivilTime, DaysAreAsChrono) {
    using namespace std::chrono;
    EXPECT_EQ(days_of(2016, 2, 29), (sys_days{2016y / 2 / 29}.time_since_epoch().count()));
    EXPECT_EQ(days_of(2000, 2, 29), (sys_days{2000y / 2 / 29}.time_since_epoch().count()));
    EXPECT_EQ(days_of(2100, 2, 29), std::nullopt);
    EXPECT_EQ(days_of(2014, 2, 29), std::nullopt);
    EXPECT_EQ(days_of(1970, 1, 1), 0U);
}

TEST(CivilTime, FormatThenParseGivesTheTimeBack) {
    std::mt19937_64 random(harness::seed());
    std::uint32_t const end = *days_of(2105, 12, 31) * seconds_per_day + seconds_per_day - 1;
    std::uniform_int_distribution<std::uint32_t> any(1, end);
    for (int i = 0; i < 100'000; ++i) {
        WallTime const time{any(random)};
        std::string text = format_wall_time(time);
        ASSERT_EQ(text.size(), 19U);
        ASSERT_EQ(parse_wall_time(text), time) << text;
        text[10] = ' ';
        ASSERT_EQ(parse_wall_time(text), time) << text;
    }
    EXPECT_EQ(parse_wall_time(format_wall_time(WallTime{end})), WallTime{end});
}

TEST(CivilTime, FormatIsStrftime) {
    for (std::uint64_t seconds = 1; seconds <= last_second; seconds += 500'009) {
        std::tm const parts = broken_down(static_cast<std::uint32_t>(seconds));
        char text[32] = "";
        std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
        ASSERT_EQ(format_wall_time(WallTime{static_cast<std::uint32_t>(seconds)}), text);
    }
    EXPECT_EQ(format_wall_time(unknown<WallTime>()), "");
}

TEST(CivilTime, ShortFormsMeanTheirFirstSecond) {
    EXPECT_EQ(parse_wall_time("2014-04-01"), parse_wall_time("2014-04-01T00:00:00"));
    EXPECT_EQ(parse_wall_time("2014-04-01T08:30"), parse_wall_time("2014-04-01 08:30:00"));
    EXPECT_EQ(parse_wall_time("2014-04-01T08:00:00"), WallTime{1'396'339'200});
}

TEST(CivilTime, NoSuchTimeIsNothing) {
    for (char const* const text : {"",
                                   "2014",
                                   "2014-04",
                                   "2014-4-1",
                                   "2014-02-29",
                                   "2100-02-29",
                                   "2014-04-31",
                                   "2014-13-01",
                                   "2014-00-10",
                                   "2014-04-00",
                                   "1969-12-31",
                                   "2106-01-01",
                                   "2014-04-01T",
                                   "2014-04-01T08",
                                   "2014-04-01T08:",
                                   "2014-04-01T24:00",
                                   "2014-04-01T08:60",
                                   "2014-04-01T08:00:60",
                                   "2014-04-01T08:00:",
                                   "2014-04-01T08:00:0",
                                   "2014-04-01T08:00:00Z",
                                   "2014-04-01T08:00:000",
                                   "2014/04/01",
                                   "2014-04-01t08:00",
                                   "2014-04-01  08:00",
                                   " 2014-04-01",
                                   "2014-04-01 ",
                                   "-014-04-01",
                                   "2014-04--1",
                                   "2014-04-+1",
                                   "2014-04-01T-8:00",
                                   "20140401"})
        EXPECT_EQ(parse_wall_time(text), std::nullopt) << "'" << text << "'";
}

TEST(CivilTime, ParseIsAsARegularExpressionOnTextsThatAreAlmostTimes) {
    std::mt19937_64 random(harness::seed());
    auto const below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::string const letters = "0123456789-:T /a";
    for (int i = 0; i < 20'000; ++i) {
        std::string text = format_wall_time(WallTime{static_cast<std::uint32_t>(random())}).substr(0, below(21));
        for (std::size_t changes = below(3); changes > 0 && !text.empty(); --changes)
            text[below(text.size())] = letters[below(letters.size())];
        ASSERT_EQ(parse_wall_time(text), parse_by_regex(text)) << "'" << text << "'";
    }
}

}  // namespace
}  // namespace tessera::core
