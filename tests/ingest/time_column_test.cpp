#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "one_column.hpp"
#include "slow_time.hpp"

namespace tessera::ingest {
namespace {

using testing::OneColumn;
using testing::slow_time;

/// Every field that is read must be what the slow one reads; returns how many are.
std::size_t count_right(std::vector<std::string> const& fields) {
    std::size_t usual = 0;
    for (char const* const behind : {",", "\n", "\r\n"}) {
        OneColumn const column(fields, behind, read_times);
        usual = 0;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            auto const value = column.read(i);
            if (!value) continue;
            ++usual;
            auto const wanted = slow_time(fields[i]);
            EXPECT_TRUE(wanted && wanted->count == *value) << "'" << fields[i] << "', read as " << *value;
        }
    }
    return usual;
}

TEST(TimeColumn, ReadsEveryDayOfTheCentury) {
    std::vector<std::string> fields;
    std::size_t days = 0;
    for (int year = 1996; year <= 2104; ++year)
        for (unsigned month = 0; month <= 13; ++month)
            for (unsigned day = 0; day <= 32; ++day)
                for (char const separator : {' ', 'T'}) {
                    fields.push_back(fmt::format("{:04}-{:02}-{:02}{}23:59:58", year, month, day, separator));
                    if (year >= 2000 && year < 2100 && slow_time(fields.back())) ++days;
                }
    EXPECT_EQ(count_right(fields), days);
    EXPECT_EQ(days, 2 * 36'525U);
}

TEST(TimeColumn, ReadsEverySecondOfADay) {
    std::vector<std::string> fields;
    for (unsigned hour = 0; hour < 26; ++hour)
        for (unsigned minute = 0; minute < 62; ++minute)
            for (unsigned second = 0; second < 62; ++second)
                fields.push_back(fmt::format("2014-04-01 {:02}:{:02}:{:02}", hour, minute, second));
    EXPECT_EQ(count_right(fields), 86'400U);
}

TEST(TimeColumn, OneWrongCharacterSpoilsIt) {
    std::vector<std::string> fields{"", "2014-04-01", "2014-04-01 08:05:0", "2014-04-01 08:05:090"};
    for (std::string const good : {"2014-04-01 08:05:09", "2099-12-31T23:59:59"})
        for (std::size_t at = 0; at < good.size(); ++at)
            for (int c = 1; c < 256; ++c) {
                fields.push_back(good);
                fields.back()[at] = static_cast<char>(c);
            }
    count_right(fields);
}

}  // namespace
}  // namespace tessera::ingest
