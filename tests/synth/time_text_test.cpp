#include "tessera/synth/time_text.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tessera/core/error.hpp"
#include "tessera/synth/time_span.hpp"

namespace tessera::synth {
namespace {

std::string text_of(DateForm form, char const* time) {
    char buffer[32];
    return {buffer, write_time(buffer, core::civil_of(*core::parse_wall_time(time)), form)};
}

TEST(TimeText, HasTheFormsOfTheFiles) {
    EXPECT_EQ(text_of(DateForm::iso_blank, "2014-04-01T08:05:09"), "2014-04-01 08:05:09");
    EXPECT_EQ(text_of(DateForm::iso_t, "2014-04-01T08:05:09"), "2014-04-01T08:05:09");
    EXPECT_EQ(text_of(DateForm::month_first, "2014-04-01T00:11:00"), "4/1/2014 0:11:00");
    EXPECT_EQ(text_of(DateForm::month_first, "2014-12-31T23:59:00"), "12/31/2014 23:59:00");
    EXPECT_EQ(text_of(DateForm::year_first, "2014-04-01T00:11:00"), "2014/4/1 00:11:00");
    EXPECT_EQ(text_of(DateForm::mixed, "2014-04-12T00:11:00"), "04-12-14 0:11");
    EXPECT_EQ(text_of(DateForm::mixed, "2014-04-13T00:11:00"), "4/13/2014 0:11:00");
}

TEST(TimeText, HasTwelveHoursOnTheFace) {
    EXPECT_EQ(text_of(DateForm::twelve_hour, "2014-04-01T00:05:09"), "04/01/2014 12:05:09 AM");
    EXPECT_EQ(text_of(DateForm::twelve_hour, "2014-04-01T11:59:59"), "04/01/2014 11:59:59 AM");
    EXPECT_EQ(text_of(DateForm::twelve_hour, "2014-04-01T12:00:00"), "04/01/2014 12:00:00 PM");
    EXPECT_EQ(text_of(DateForm::twelve_hour, "2014-04-01T23:00:00"), "04/01/2014 11:00:00 PM");
}

TEST(TimeText, LeavesSecondsOut) {
    char buffer[24];
    auto const time = core::civil_of(*core::parse_wall_time("2014-04-01T08:05:59"));
    EXPECT_EQ(std::string(buffer, write_minute(buffer, time)), "2014-04-01T08:05");
}

TEST(TimeText, WritesDatesThatDoNotExist) {
    core::CivilTime time = core::civil_of(*core::parse_wall_time("2014-04-01T08:05:09"));
    time.month = 2;
    time.day = 30;
    char buffer[32];
    EXPECT_EQ(std::string(buffer, write_time(buffer, time, DateForm::iso_blank)), "2014-02-30 08:05:09");
}

TEST(TimeSpan, OfAMonthEndsWhereTheNextBegins) {
    EXPECT_EQ(whole_month(2014, 4).from, core::parse_wall_time("2014-04-01"));
    EXPECT_EQ(whole_month(2014, 4).to, core::parse_wall_time("2014-05-01"));
    EXPECT_EQ(whole_month(2013, 12).to, core::parse_wall_time("2014-01-01"));
    EXPECT_THROW(whole_month(2014, 13), core::UsageError);
    EXPECT_THROW(whole_month(2014, 0), core::UsageError);
}

}  // namespace
}  // namespace tessera::synth
