#include "tessera/ingest/split_line.hpp"

#include <gtest/gtest.h>

#include <random>

#include "harness/seed.hpp"
#include "slow_split.hpp"

namespace tessera::ingest {
namespace {

using Fields = std::vector<std::string>;

Fields split(std::string_view line, std::size_t most = 99) {
    std::vector<std::string_view> fields{"left", "over"};
    split_line(line, most, fields);
    return {fields.begin(), fields.end()};
}

TEST(SplitLine, SplitsAtCommas) {
    EXPECT_EQ(split("a,b,c"), (Fields{"a", "b", "c"}));
    EXPECT_EQ(split(""), (Fields{""}));
    EXPECT_EQ(split(","), (Fields{"", ""}));
    EXPECT_EQ(split("a,,b,,"), (Fields{"a", "", "b", "", ""}));
    EXPECT_EQ(split(",,,,,,,,,,"), Fields(11, ""));
}

TEST(SplitLine, TrimsBlanksTabsAndCarriageReturns) {
    EXPECT_EQ(split(" a ,\tb,c d \r"), (Fields{"a", "b", "c d"}));
    EXPECT_EQ(split("a, pickup_datetime, \r"), (Fields{"a", "pickup_datetime", ""}));
    EXPECT_EQ(trim(" \t\r"), "");
    EXPECT_EQ(trim("\r x \r\t"), "x");
}

TEST(SplitLine, UnderstandsQuotes) {
    EXPECT_EQ(split(R"("4/1/2014 0:11:00",40.769,-73.9549,"B02512")"),
              (Fields{"4/1/2014 0:11:00", "40.769", "-73.9549", "B02512"}));
    EXPECT_EQ(split(R"("a,b",c)"), (Fields{"a,b", "c"}));
    EXPECT_EQ(split(R"( " a " ,"b"\r)"), (Fields{"a", "\"b\"\\r"}));
    EXPECT_EQ(split("\"a\"\r"), (Fields{"a"}));
    EXPECT_EQ(split(R"("",")"), (Fields{"", "\""}));
    EXPECT_EQ(split(R"("open,b,c)"), (Fields{"\"open,b,c"}));
}

TEST(SplitLine, LooksAtNoMoreThanAsked) {
    EXPECT_EQ(split("a,b,c", 2), (Fields{"a", "b"}));
    EXPECT_EQ(split("a,b,c", 3), (Fields{"a", "b", "c"}));
    EXPECT_EQ(split("a,\"b,x\",c", 2), (Fields{"a", "b,x"}));
    EXPECT_EQ(split("a,b,", 2), (Fields{"a", "b"}));
}

/// Lines of the characters that matter, or of any bytes.
std::string random_line(std::mt19937_64& random) {
    constexpr char letters[] = ",,,,,ab  \t\r\"1.-";
    bool const any_bytes = random() % 4 == 0, quotes = random() % 2 == 0;
    std::string line(random() % 60, ' ');
    for (char& c : line) {
        do
            c = any_bytes ? static_cast<char>(random() % 256) : letters[random() % (sizeof letters - 1)];
        while ((c == '"' && !quotes) || c == '\n');
        if (any_bytes && random() % 5 == 0) c = ',';
    }
    return line;
}

TEST(SplitLine, AgreesWithOneCharacterAfterTheOther) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 50'000; ++i) {
        std::string const line = random_line(random);
        Fields wanted = testing::slow_split(line);
        std::size_t const most = random() % 3 == 0 ? 1 + random() % 12 : line.size() + 1;
        if (wanted.size() > most) wanted.resize(most);
        // A copy without anything behind it, so that a sanitizer sees a look beyond the end.
        std::vector<char> const bytes(line.begin(), line.end());
        ASSERT_EQ(split({bytes.data(), bytes.size()}, most), wanted) << "line " << i << ": " << line;
    }
}

}  // namespace
}  // namespace tessera::ingest
