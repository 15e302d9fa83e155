#include "tessera/ingest/quick_decimal.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "harness/seed.hpp"
#include "slow_decimal.hpp"

namespace tessera::ingest {
namespace {

using testing::slow_decimal;

/// Reads a field as it lies in a line: something else before and behind it.
template <int scale>
std::optional<std::int64_t> read(std::string const& field, std::string const& behind) {
    std::string const text =
        "123456789,8765432" + std::string(1, ',') + field + behind + std::string(quick_padding, '7');
    std::int64_t value = 0;
    if (!quick_decimal<scale>(text.data() + 18, field.size(), value)) return std::nullopt;
    return value;
}

template <int scale>
void expect_right(std::string const& field, bool quick) {
    for (char const* const behind : {",", "\n", ",.5", ",-1", "\r\n", "\""}) {
        auto const value = read<scale>(field, behind);
        if (value || quick) {
            ASSERT_EQ(value, slow_decimal(field, scale)) << "'" << field << "', scale " << scale << ", then " << behind;
        }
    }
}

void expect_right(std::string const& field, bool quick) {
    expect_right<0>(field, quick);
    expect_right<2>(field, quick);
    expect_right<7>(field, quick);
}

TEST(QuickDecimal, ReadsEveryUsualForm) {
    std::mt19937_64 random(harness::seed());
    auto const digits = [&](std::size_t n) {
        std::string text;
        while (text.size() < n)
            text += static_cast<char>('0' + (random() % 4 == 0 ? 9 : random() % 10));
        return text;
    };
    for (int round = 0; round < 20; ++round)
        for (char const* const sign : {"", "-"})
            for (std::size_t whole = 0; whole <= 7; ++whole) {
                if (whole > 0) expect_right(sign + digits(whole), true);
                for (std::size_t decimals = whole == 0 ? 1 : 0; decimals <= 16; ++decimals)
                    expect_right(sign + digits(whole) + "." + digits(decimals), true);
            }
}

TEST(QuickDecimal, NeverReadsWhatIsNone) {
    std::mt19937_64 random(harness::seed());
    constexpr char letters[] = "0123456789....--+eE x\"/:\xff\xb0";
    for (int i = 0; i < 300'000; ++i) {
        std::string field;
        for (std::size_t length = random() % 27; field.size() < length;)
            field +=
                random() % 8 == 0 ? letters[random() % (sizeof letters - 1)] : static_cast<char>('0' + random() % 10);
        if (random() % 2 == 0 && !field.empty()) field[random() % field.size()] = '.';
        expect_right(field, false);
    }
}

TEST(QuickDecimal, OneWrongCharacterSpoilsIt) {
    for (std::string const good : {"-73.961016000000001", "12.5", "7", "1234567.1234567890123456", ".5"})
        for (std::size_t at = 0; at < good.size(); ++at)
            for (int c = 1; c < 256; ++c) {
                std::string field = good;
                field[at] = static_cast<char>(c);
                if (c != ',' && c != '\n') expect_right(field, false);
            }
}

}  // namespace
}  // namespace tessera::ingest
