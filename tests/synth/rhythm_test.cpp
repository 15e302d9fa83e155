#include "tessera/synth/rhythm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tessera/core/civil_time.hpp"
#include "tessera/core/error.hpp"

namespace tessera::synth {
namespace {

core::WallTime at(char const* text) {
    return *core::parse_wall_time(text);
}

/// Rides by weekday (1 to 7) and hour over April 2014, drawn evenly.
std::array<std::array<int, 24>, 8> hours_of(core::Source source) {
    Rhythm const rhythm(source, whole_month(2014, 4));
    std::array<std::array<int, 24>, 8> hours{};
    int constexpr draws = 200'000;
    for (int i = 0; i < draws; ++i) {
        auto const civil = core::civil_of(rhythm.time_at(static_cast<double>(i) / draws));
        ++hours[civil.weekday][civil.hour];
    }
    return hours;
}

TEST(Rhythm, StaysWithinItsSpanAndNeverFalls) {
    for (TimeSpan const span : {whole_month(2014, 2), TimeSpan{at("2014-04-01T08:30:10"), at("2014-04-01T11:00:01")},
                                TimeSpan{at("2014-04-01T08:30"), at("2014-04-01T08:30:01")}}) {
        Rhythm const rhythm(core::Source::uber, span);
        core::WallTime last = span.from;
        for (int i = 0; i < 10'000; ++i) {
            core::WallTime const time = rhythm.time_at(i / 10'000.0);
            ASSERT_TRUE(span.contains(time)) << core::format_wall_time(time);
            ASSERT_GE(time, last);
            last = time;
        }
        EXPECT_EQ(rhythm.time_at(0), span.from);
        EXPECT_TRUE(span.contains(rhythm.time_at(0x1.fffffffffffffp-1)));
    }
}

TEST(Rhythm, HasRushHoursAndNightsAtWeekends) {
    auto const taxi = hours_of(core::Source::yellow);
    EXPECT_GT(taxi[2][8], 4 * taxi[2][4]);  // Tuesday's morning
    EXPECT_GT(taxi[2][19], taxi[2][14]);    // and evening
    EXPECT_GT(taxi[6][1], 2 * taxi[2][1]);  // the night to Saturday (April 2014 has four Saturdays, five Tuesdays)
    EXPECT_LT(taxi[7][8], taxi[2][8]);      // Sunday sleeps
    auto const uber = hours_of(core::Source::uber);
    EXPECT_GT(uber[3][17], 2 * uber[3][9]);
}

TEST(Rhythm, IsBusiestOnFridayEvening) {
    for (core::Source const source : core::all_sources) {
        double most = 0;
        for (core::WallTime time = at("2014-04-07"); time < at("2014-04-14"); time.count += 3600) {
            double const busyness = Rhythm::busyness(source, time);
            EXPECT_GT(busyness, 0);
            most = std::max(most, busyness);
        }
        EXPECT_EQ(most, 1);
        EXPECT_GT(Rhythm::busyness(source, at("2014-04-11T19:30")), 0.9);
        EXPECT_LT(Rhythm::busyness(source, at("2014-04-08T03:00")), 0.2);
    }
}

TEST(Rhythm, RefusesImpossibleSpans) {
    EXPECT_THROW(Rhythm(core::Source::uber, TimeSpan{at("2014-04-01"), at("2014-04-01")}), core::UsageError);
    EXPECT_THROW(Rhythm(core::Source::uber, TimeSpan{at("2014-04-02"), at("2014-04-01")}), core::UsageError);
    EXPECT_THROW(Rhythm(core::Source::uber, TimeSpan{at("1970-01-01"), at("1970-02-01")}), core::UsageError);
    EXPECT_THROW(Rhythm(core::Source::uber, TimeSpan{at("1980-01-01"), at("2014-04-01")}), core::UsageError);
}

}  // namespace
}  // namespace tessera::synth
