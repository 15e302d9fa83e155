#include "tessera/report/literal.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "harness/seed.hpp"
#include "tessera/core/civil_time.hpp"

namespace tessera::report {
namespace {

template <class Append, class... Values>
std::string written(Append append, Values... values) {
    std::string text;
    append(text, values...);
    return text;
}

constexpr auto least64 = std::numeric_limits<std::int64_t>::min();
constexpr auto most64 = std::numeric_limits<std::int64_t>::max();

TEST(Literal, WritesIntegersToTheirEnds) {
    EXPECT_EQ(written(append_integer, 0), "0");
    EXPECT_EQ(written(append_integer, least64), "-9223372036854775808");
    EXPECT_EQ(written(append_integer, most64), "9223372036854775807");
    EXPECT_EQ(written(append_count, std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(Literal, WritesMoneyWithTwoDecimals) {
    EXPECT_EQ(written(append_hundredths, 0), "0.00");
    EXPECT_EQ(written(append_hundredths, 250), "2.50");
    EXPECT_EQ(written(append_hundredths, -5), "-0.05");
    EXPECT_EQ(written(append_hundredths, -100), "-1.00");
    EXPECT_EQ(written(append_hundredths, least64), "-92233720368547758.08");
    EXPECT_EQ(written(append_hundredths, most64), "92233720368547758.07");
}

TEST(Literal, WritesDegreesWithoutTrailingZeros) {
    EXPECT_EQ(written(append_degrees, 0), "0");
    EXPECT_EQ(written(append_degrees, -739857000), "-73.9857");
    EXPECT_EQ(written(append_degrees, -1), "-0.0000001");
    EXPECT_EQ(written(append_degrees, 1'800'000'000), "180");
    EXPECT_EQ(written(append_degrees, std::int64_t{2'147'483'648}), "214.7483648");
    EXPECT_EQ(written(append_degrees, 400'000'010), "40.000001");
}

TEST(Literal, RoundsRealNumbers) {
    EXPECT_EQ(written(append_rounded, 12.3456789, 6), "12.345679");
    EXPECT_EQ(written(append_rounded, 3.0, 6), "3");
    EXPECT_EQ(written(append_rounded, 100.0, 6), "100");
    EXPECT_EQ(written(append_rounded, -1e-9, 6), "0");
    EXPECT_EQ(written(append_rounded, -0.0, 6), "0");
    EXPECT_EQ(written(append_rounded, -0.5, 0), "0");
    EXPECT_EQ(written(append_rounded, 1e15, 3), "1000000000000000");
    EXPECT_EQ(written(append_metres, 3.2), "3.200");
    EXPECT_EQ(written(append_metres, 0.0), "0.000");
}

TEST(Literal, WritesTimesAsCoreDoes) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 10'000; ++i) {
        core::WallTime const time{std::max<std::uint32_t>(1, static_cast<std::uint32_t>(random()))};
        ASSERT_EQ(written(append_time, time), core::format_wall_time(time)) << "case " << i;
    }
}

TEST(Literal, GroupsDigitsForPeople) {
    EXPECT_EQ(with_separators(0), "0");
    EXPECT_EQ(with_separators(999), "999");
    EXPECT_EQ(with_separators(1000), "1,000");
    EXPECT_EQ(with_separators(564516), "564,516");
    EXPECT_EQ(with_separators(1234567890), "1,234,567,890");
}

}  // namespace
}  // namespace tessera::report
