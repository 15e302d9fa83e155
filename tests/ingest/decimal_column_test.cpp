#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "harness/seed.hpp"
#include "one_column.hpp"
#include "slow_decimal.hpp"

namespace tessera::ingest {
namespace {

using testing::OneColumn;
using testing::slow_decimal;

/// What must come out of a usual field: an angle that does not fit is the largest.
std::optional<std::int64_t> wanted_of(std::string const& field, int scale) {
    auto const value = slow_decimal(field, scale);
    if (!value || scale == 2) return value;
    return std::clamp<std::int64_t>(*value, -2147483647, 2147483647);
}

/// Reads the same fields as angles and as hundredths.
void expect_right(std::vector<std::string> const& fields, bool (*is_usual)(std::string const&, int)) {
    for (char const* const behind : {",", "\n", "\r\n", "\"", " "})
        for (int const scale : {2, 7}) {
            OneColumn const column(fields, behind, scale == 2 ? read_hundredths : read_angles);
            for (std::size_t i = 0; i < fields.size(); ++i) {
                if (is_usual(fields[i], scale)) {
                    ASSERT_TRUE(column.read(i)) << "'" << fields[i] << "', scale " << scale << ", then " << behind;
                }
                if (auto const value = column.read(i)) {
                    ASSERT_EQ(value, wanted_of(fields[i], scale)) << "'" << fields[i] << "', then " << behind;
                }
            }
        }
}

bool never(std::string const&, int) {
    return false;
}

std::string digits(std::mt19937_64& random, std::size_t n) {
    std::string text;
    while (text.size() < n)
        text += static_cast<char>('0' + (random() % 4 == 0 ? 9 : random() % 10));
    return text;
}

TEST(DecimalColumn, ReadsEveryUsualForm) {
    std::mt19937_64 random(harness::seed());
    for (int round = 0; round < 20; ++round) {
        std::vector<std::string> fields;
        for (char const* const sign : {"", "-"})
            for (std::size_t whole = 0; whole <= 6; ++whole) {
                if (whole > 0) fields.push_back(sign + digits(random, whole));
                for (std::size_t decimals = whole == 0 ? 1 : 0; decimals <= 16; ++decimals)
                    fields.push_back(sign + digits(random, whole) + "." + digits(random, decimals));
            }
        std::shuffle(fields.begin(), fields.end(), random);
        expect_right(fields, [](std::string const& field, int scale) {
            std::size_t const sign = field[0] == '-' ? 1 : 0;
            return scale == 2 || std::min(field.find('.'), field.size()) - sign <= 3;
        });
    }
}

TEST(DecimalColumn, NeverReadsWhatIsNone) {
    std::mt19937_64 random(harness::seed());
    constexpr char letters[] = "0123456789....--+eE x\"/:\xff\xb0";
    std::vector<std::string> fields;
    for (int i = 0; i < 300'000; ++i) {
        std::string field;
        for (std::size_t length = random() % 27; field.size() < length;)
            field +=
                random() % 8 == 0 ? letters[random() % (sizeof letters - 1)] : static_cast<char>('0' + random() % 10);
        if (random() % 2 == 0 && !field.empty()) field[random() % field.size()] = '.';
        fields.push_back(field);
    }
    expect_right(fields, never);
}

TEST(DecimalColumn, OneWrongCharacterSpoilsIt) {
    std::vector<std::string> fields;
    for (std::string const good : {"-73.961016000000001", "12.5", "7", "123456.1234567890123456", ".5"})
        for (std::size_t at = 0; at < good.size(); ++at)
            for (int c = 1; c < 256; ++c) {
                std::string field = good;
                field[at] = static_cast<char>(c);
                if (c != ',' && c != '\n') fields.push_back(field);
            }
    expect_right(fields, never);
}

}  // namespace
}  // namespace tessera::ingest
