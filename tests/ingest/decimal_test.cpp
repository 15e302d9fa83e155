#include "tessera/ingest/decimal.hpp"

#include <gtest/gtest.h>

#include <random>

#include "harness/seed.hpp"
#include "slow_decimal.hpp"

namespace tessera::ingest {
namespace {

using testing::slow_decimal;

struct Example {
    char const* text;
    int scale;
    std::optional<std::int64_t> value;
};

constexpr auto none = std::nullopt;

TEST(Decimal, ReadsWhatPublishersWrite) {
    constexpr Example examples[] = {{"0.69999999999999996", 2, 70},
                                    {"8.9000000000000004", 2, 890},
                                    {"8.9999999999999997E-2", 2, 9},
                                    {"-73.994770000000003", 7, -739947700},
                                    {"-73.993896484375", 7, -739938965},
                                    {"40.750110626220703", 7, 407501106},
                                    {".81", 2, 81},
                                    {".00", 2, 0},
                                    {"-.5", 2, -50},
                                    {"0", 7, 0},
                                    {"12.5", 2, 1250},
                                    {"5.", 2, 500},
                                    {"+3", 0, 3},
                                    {"2.5e1", 2, 2500},
                                    {"2.5E+1", 2, 2500}};
    for (auto const& [text, scale, value] : examples)
        EXPECT_EQ(parse_decimal(text, scale), value) << text;
}

TEST(Decimal, RoundsHalfAwayFromZero) {
    constexpr Example examples[] = {{"0.005", 2, 1},
                                    {"-0.005", 2, -1},
                                    {"0.00499999999999999999999", 2, 0},
                                    {"1.995", 2, 200},
                                    {"-1.995", 2, -200},
                                    {"0.5", 0, 1},
                                    {"1.5", 0, 2},
                                    {"2.5", 0, 3},
                                    {"-2.5", 0, -3},
                                    {"5e-3", 2, 1},
                                    {"4.9e-3", 2, 0},
                                    {"5e-4", 2, 0},
                                    {"99999.99999e-7", 2, 1},
                                    {"9.99999999995", 9, 10'000'000'000}};
    for (auto const& [text, scale, value] : examples)
        EXPECT_EQ(parse_decimal(text, scale), value) << text;
}

TEST(Decimal, KnowsWhatIsNoNumber) {
    for (char const* const text : {"",
                                   ".",
                                   "-",
                                   "+",
                                   "-.",
                                   "e5",
                                   ".e5",
                                   "1e",
                                   "1e+",
                                   "1e-",
                                   "1e+-2",
                                   "1.2.3",
                                   "1..2",
                                   "--1",
                                   "+-1",
                                   "-+1",
                                   "1,2",
                                   "1 2",
                                   " 1",
                                   "1 ",
                                   "0x10",
                                   "nan",
                                   "inf",
                                   "-inf",
                                   "1f",
                                   "1e5.5",
                                   "$1",
                                   "1-",
                                   "1e999999999999999999999",
                                   "1e5x",
                                   "\xEF\xBB\xBF"
                                   "1"})
        EXPECT_EQ(parse_decimal(text, 2), none) << text;
}

TEST(Decimal, KnowsWhatDoesNotFit) {
    EXPECT_EQ(parse_decimal("999999999999999999", 0), 999'999'999'999'999'999);
    EXPECT_EQ(parse_decimal("-9999999999999999.99", 2), -999'999'999'999'999'999);
    EXPECT_EQ(parse_decimal("1000000000", 9), none);
    EXPECT_EQ(parse_decimal("999999999", 9), 999'999'999'000'000'000);
    EXPECT_EQ(parse_decimal("1e18", 0), none);
    EXPECT_EQ(parse_decimal("9999999999999999999", 0), none);
    EXPECT_EQ(parse_decimal("99999999999999999999999999999999999999999", 0), none);
    EXPECT_EQ(parse_decimal("1e300", 2), none);
    EXPECT_EQ(parse_decimal("0e300", 2), 0);
    EXPECT_EQ(parse_decimal("1e-300", 2), 0);
    EXPECT_EQ(parse_decimal("0000000000000000000000000000000000000012.5", 2), 1250);
}

class RandomNumber {
  public:
    explicit RandomNumber(std::uint64_t seed) : random_(seed) {}

    std::string text() {
        std::string number;
        if (below(3) == 0) number += "+-"[below(2)];
        number += digits(below(8) == 0 ? 24 : 11);
        if (below(4) != 0) number += '.' + digits(below(3) == 0 ? 24 : 8);
        if (below(3) == 0) number += "eE"[below(2)] + std::string(below(2) ? "-" : below(2) ? "+" : "") + digits(3);
        if (below(8) == 0 && !number.empty()) spoil(number);
        return number;
    }
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

  private:
    /// Often nines, fives or zeros, where rounding and carries happen.
    std::string digits(unsigned most) {
        std::string text(below(most + 1), '0');
        for (char& digit : text)
            digit = below(2) ? "0459"[below(4)] : static_cast<char>('0' + below(10));
        return text;
    }
    void spoil(std::string& number) {
        constexpr char letters[] = "0123456789.+-eE x,\"";
        char const letter = letters[below(sizeof letters - 1)];
        auto const at = static_cast<std::ptrdiff_t>(below(static_cast<unsigned>(number.size())));
        if (below(2))
            number.insert(number.begin() + at, letter);
        else
            number[static_cast<std::size_t>(at)] = letter;
    }
    std::mt19937_64 random_;
};

TEST(Decimal, AgreesWithMovingThePointInTheText) {
    RandomNumber random(harness::seed());
    int numbers = 0;
    for (int i = 0; i < 60'000; ++i) {
        std::string const text = random.text();
        int const scale = static_cast<int>(random.below(10));
        auto const wanted = slow_decimal(text, scale);
        ASSERT_EQ(parse_decimal(text, scale), wanted) << "'" << text << "' at scale " << scale;
        numbers += wanted ? 1 : 0;
    }
    EXPECT_GT(numbers, 20'000) << "the texts are hardly ever numbers";
}

}  // namespace
}  // namespace tessera::ingest
