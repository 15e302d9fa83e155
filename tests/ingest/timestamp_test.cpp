#include "tessera/ingest/timestamp.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "harness/seed.hpp"
#include "slow_time.hpp"
#include "tessera/core/civil_time.hpp"

namespace tessera::ingest {
namespace {

using testing::slow_time;

std::string read(std::string_view text) {
    auto const time = parse_timestamp(text);
    return time ? core::format_wall_time(*time) : "none";
}

TEST(Timestamp, ReadsEveryPublishedForm) {
    constexpr char const* examples[][2] = {
        {"2014-04-01 08:05:09", "2014-04-01T08:05:09"},     {"2014-04-01T08:05:09", "2014-04-01T08:05:09"},
        {"2014-04-01T08:05:09.000", "2014-04-01T08:05:09"}, {"2014/4/1 08:05:09", "2014-04-01T08:05:09"},
        {"4/1/2014 8:05:00", "2014-04-01T08:05:00"},        {"4/13/2014 0:11:00", "2014-04-13T00:11:00"},
        {"04/01/2014 08:05:09 AM", "2014-04-01T08:05:09"},  {"04/01/2014 08:05:09 PM", "2014-04-01T20:05:09"},
        {"04-01-14 8:05", "2014-04-01T08:05:00"},           {"04-12-14 23:59", "2014-04-12T23:59:00"},
        {"2014-04-01 08:00 AM", "2014-04-01T08:00:00"},     {"2014-04-01 08:00 PM", "2014-04-01T20:00:00"}};
    for (auto const& [text, wanted] : examples)
        EXPECT_EQ(read(text), wanted) << text;
}

TEST(Timestamp, KnowsNoonFromMidnight) {
    EXPECT_EQ(read("04/01/2014 12:00:00 AM"), "2014-04-01T00:00:00");
    EXPECT_EQ(read("04/01/2014 12:00:00 PM"), "2014-04-01T12:00:00");
    EXPECT_EQ(read("04/01/2014 12:59:59 AM"), "2014-04-01T00:59:59");
    EXPECT_EQ(read("04/01/2014 01:00:00 PM"), "2014-04-01T13:00:00");
    EXPECT_EQ(read("04/01/2014 11:59:59 PM"), "2014-04-01T23:59:59");
    EXPECT_EQ(read("04/01/2014 00:00:00 AM"), "none");
    EXPECT_EQ(read("04/01/2014 13:00:00 PM"), "none");
}

TEST(Timestamp, KnowsWhatTimesThereAre) {
    EXPECT_EQ(read("2016-02-29 00:00:00"), "2016-02-29T00:00:00");
    EXPECT_EQ(read("2000-02-29 00:00:00"), "2000-02-29T00:00:00");
    EXPECT_EQ(read("2105-12-31 23:59:59"), "2105-12-31T23:59:59");
    EXPECT_EQ(read("1970-01-01 00:00:01"), "1970-01-01T00:00:01");
    for (char const* const text :
         {"2014-02-30 08:00:00", "2015-02-29 08:00:00", "2100-02-29 08:00:00", "2014-04-31 08:00:00",
          "2014-13-01 08:00:00", "2014-00-01 08:00:00", "2014-01-00 08:00:00", "13/1/2014 8:00:00",
          "2014-04-01 24:00:00", "2014-04-01 08:60:00", "2014-04-01 08:00:60", "1969-12-31 23:59:59",
          "1970-01-01 00:00:00", "2106-01-01 00:00:00", "0014-04-01 08:00:00"})
        EXPECT_EQ(read(text), "none") << text;
}

TEST(Timestamp, KnowsWhatIsNoTime) {
    for (char const* const text : {"",
                                   " ",
                                   "yesterday",
                                   "2014-04-01",
                                   "2014-04-01 ",
                                   "2014-04-01 08",
                                   "2014-04-01 08:",
                                   "2014-04-01 08:00:",
                                   "2014-04-01 08:00:00.",
                                   "2014-04-01 08:00.5",
                                   "2014-04-01  08:00:00",
                                   "2014-04/01 08:00:00",
                                   "2014-04-01_08:00:00",
                                   "2014-04-01 08:00:00x",
                                   "2014-04-01 08:00:00 XM",
                                   "2014-04-01 08:00:00 A",
                                   "2014-04-01 8.00.00",
                                   "114-04-01 08:00:00",
                                   "4/1/114 8:00:00",
                                   "-2014-04-01 08:00",
                                   "2014-04-01 -8:00:00",
                                   "2014-04-01 08:0x:00",
                                   "2014-04-01 08:00:0x",
                                   "2014-04-01 08x00:00",
                                   "20140401 08:00:00"})
        EXPECT_EQ(read(text), "none") << text;
}

/// Texts of a few days in many forms, some of them spoilt: neighbours often share their first ten characters.
class RandomTime {
  public:
    explicit RandomTime(std::uint64_t seed) : random_(seed) {
        constexpr unsigned years[] = {1969, 1970, 1970, 1999, 2000, 2009, 2012, 2014, 2014, 2016, 2100, 2105, 2106};
        for (Day& day : days_)
            day = {years[below(std::size(years))], one_in(4) ? 1 : below(13), one_in(4) ? 1 : below(32)};
    }
    std::string next() {
        std::string text = date() + (one_in(4) ? 'T' : ' ') + clock();
        if (one_in(6)) {
            constexpr char letters[] = "0123456789-/:. TAPM";
            text[below(static_cast<unsigned>(text.size()))] = letters[below(sizeof letters - 1)];
        }
        return text;
    }

  private:
    struct Day {
        unsigned year, month, day;
    };
    unsigned below(std::size_t limit) { return static_cast<unsigned>(random_() % limit); }
    bool one_in(unsigned n) { return below(n) == 0; }
    std::string number(unsigned value, bool padded) {
        return (padded && value < 10 ? "0" : "") + std::to_string(value);
    }
    std::string date() {
        auto const [year, month, day] = days_[below(std::size(days_))];
        std::string const separator = one_in(2) ? "-" : "/";
        bool const padded = !one_in(3);
        std::string const rest = number(month, padded) + separator + number(day, padded);
        if (!one_in(3)) return std::to_string(year) + separator + rest;
        return rest + separator + (one_in(3) ? number(year % 100, true) : std::to_string(year));
    }
    std::string clock() {
        bool const padded = !one_in(4);
        std::string text = number(one_in(4) ? 12 : below(26), padded) + ":" + number(below(61), padded);
        if (one_in(5)) return text + (one_in(2) ? " AM" : " PM");
        if (one_in(8)) return text;
        text += ":" + number(below(61), padded);
        if (one_in(8)) text += ".000";
        if (one_in(4)) text += one_in(3) ? "pm" : one_in(2) ? " PM" : " AM";
        return text;
    }
    std::mt19937_64 random_;
    Day days_[3];
};

TEST(Timestamp, ReadsWhatTheSlowOneReads) {
    int times = 0, nones = 0;
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 300; ++seed) {
        RandomTime random(seed);
        for (int i = 0; i < 60; ++i) {
            std::string const text = random.next();
            auto const wanted = slow_time(text);
            ASSERT_EQ(parse_timestamp(text), wanted) << "'" << text << "', seed " << seed;
            ++(wanted ? times : nones);
        }
    }
    EXPECT_GT(times, 3000) << "the texts are hardly ever times";
    EXPECT_GT(nones, 3000) << "the texts are nearly always times";
}

TEST(Timestamp, KnowsEveryDayOfTheFixedForm) {
    for (int year = 1996; year <= 2104; ++year)
        for (unsigned month = 0; month <= 13; ++month)
            for (unsigned day = 0; day <= 32; ++day) {
                std::string const text = fmt::format("{:04}-{:02}-{:02} 23:59:58", year, month, day);
                ASSERT_EQ(parse_timestamp(text), slow_time(text)) << text;
            }
}

TEST(Timestamp, OneWrongCharacterSpoilsTheFixedForm) {
    for (std::size_t at = 0; at < 19; ++at)
        for (int c = 1; c < 256; ++c) {
            std::string text = "2014-04-01 08:05:09";
            text[at] = static_cast<char>(c);
            ASSERT_EQ(parse_timestamp(text), slow_time(text)) << "'" << text << "'";
        }
}

}  // namespace
}  // namespace tessera::ingest
