#include "tessera/synth/number_text.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <limits>
#include <random>
#include <string>

#include "harness/seed.hpp"

namespace tessera::synth {
namespace {

std::string degrees_text(double degrees) {
    char buffer[32];
    return {buffer, write_degrees(buffer, degrees)};
}

std::string four_decimals_text(std::int32_t angle) {
    char buffer[16];
    return {buffer, write_four_decimals(buffer, angle)};
}

std::string five_decimals_text(std::int32_t angle) {
    char buffer[32];
    return {buffer, write_five_decimals(buffer, angle)};
}

std::string printf_text(double value) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.17g", value);
    return buffer;
}

TEST(Double17, IsWhatTheFilesHave) {
    EXPECT_EQ(double17_text(0.7), "0.69999999999999996");
    EXPECT_EQ(double17_text(8.9), "8.9000000000000004");
    EXPECT_EQ(double17_text(-73.99477), "-73.994770000000003");
    EXPECT_EQ(double17_text(0.09), "8.9999999999999997E-2");
    EXPECT_EQ(double17_text(0.05), "5.0000000000000003E-2");
    EXPECT_EQ(double17_text(0.01), "0.01");  // needs no 17 digits, so has no exponent
    EXPECT_EQ(double17_text(6.5), "6.5");
    EXPECT_EQ(double17_text(0), "0");
    EXPECT_EQ(double17_text(-2.5), "-2.5");
}

TEST(Degrees, AreThoseOfPrintf) {
    std::mt19937_64 random(harness::seed());
    std::uniform_int_distribution<std::int32_t> any(32'000'000, 99'999'999);
    for (int i = 0; i < 20'000; ++i) {
        double const degrees = (i % 2 ? 1.0 : -1.0) * any(random) / 1e6;
        ASSERT_EQ(degrees_text(degrees), printf_text(degrees));
    }
    for (double const degrees : {-73.9912109375, 40.0, -74.0, 64.0, 63.999999999999993, 0.0, 1.5, -120.25, 7.25})
        EXPECT_EQ(degrees_text(degrees), printf_text(degrees));
}

TEST(Degrees, OfFloatsAreThoseOfTheFiles) {
    EXPECT_EQ(degrees_text(static_cast<double>(-73.993896484375F)), "-73.993896484375");
    EXPECT_EQ(degrees_text(static_cast<double>(40.750110626220703F)), "40.750110626220703");
    EXPECT_EQ(degrees_text(static_cast<double>(-73.9912109375F)), "-73.9912109375");
    std::mt19937_64 random(harness::seed());
    std::uniform_real_distribution<float> any(-74.3F, -73.6F);
    for (int i = 0; i < 20'000; ++i) {
        float const value = any(random);
        ASSERT_EQ(std::stof(degrees_text(static_cast<double>(value))), value);
    }
}

TEST(FourDecimals, AreTrimmed) {
    EXPECT_EQ(four_decimals_text(407'690'000), "40.769");
    EXPECT_EQ(four_decimals_text(-739'549'000), "-73.9549");
    EXPECT_EQ(four_decimals_text(-739'549'500), "-73.955");  // rounded half away from zero
    EXPECT_EQ(four_decimals_text(400'000'100), "40");
    EXPECT_EQ(four_decimals_text(400'005'000), "40.0005");
    EXPECT_EQ(four_decimals_text(0), "0");
    EXPECT_EQ(four_decimals_text(-400), "0");
}

TEST(FiveDecimals, AreTrimmed) {
    EXPECT_EQ(five_decimals_text(407'690'100), "40.76901");
    EXPECT_EQ(five_decimals_text(-739'549'050), "-73.95491");  // rounded half away from zero
    EXPECT_EQ(five_decimals_text(400'000'049), "40");
    EXPECT_EQ(five_decimals_text(400'000'050), "40.00001");
    EXPECT_EQ(five_decimals_text(-49), "0");
    EXPECT_EQ(five_decimals_text(-1'800'000'000), "-180");
    EXPECT_EQ(five_decimals_text(std::numeric_limits<std::int32_t>::min()), "-214.74836");
}

TEST(Hundredths, FollowTheirStyle) {
    EXPECT_EQ(hundredths_text(81, HundredthStyle::two_decimals_bare), ".81");
    EXPECT_EQ(hundredths_text(0, HundredthStyle::two_decimals_bare), ".00");
    EXPECT_EQ(hundredths_text(330, HundredthStyle::two_decimals_bare), "3.30");
    EXPECT_EQ(hundredths_text(81, HundredthStyle::two_decimals), "0.81");
    EXPECT_EQ(hundredths_text(-650, HundredthStyle::trimmed), "-6.5");
    EXPECT_EQ(hundredths_text(3, HundredthStyle::trimmed), "0.03");
    EXPECT_EQ(hundredths_text(5200, HundredthStyle::trimmed), "52");
    EXPECT_EQ(hundredths_text(890, HundredthStyle::double17), "8.9000000000000004");
}

TEST(Hundredths, AreTheSameFromTheTable) {
    for (auto const style : {HundredthStyle::double17, HundredthStyle::trimmed, HundredthStyle::two_decimals,
                             HundredthStyle::two_decimals_bare}) {
        HundredthTexts const texts(style);
        for (std::int32_t value = -300; value < 12'000; value += 7) {
            char buffer[40];
            ASSERT_EQ(std::string(buffer, texts.write(buffer, value)), hundredths_text(value, style)) << value;
        }
    }
}

}  // namespace
}  // namespace tessera::synth
