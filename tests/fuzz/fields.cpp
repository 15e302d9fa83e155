// Fields, one a line: numbers, times and codes as the slow readers have them, one at a time and column by column.
#include <cstring>

#include "fuzz.hpp"
#include "ingest/one_column.hpp"
#include "ingest/slow_codes.hpp"
#include "ingest/slow_decimal.hpp"
#include "ingest/slow_time.hpp"
#include "input.hpp"
#include "tessera/core/civil_time.hpp"
#include "tessera/ingest/decimal.hpp"
#include "tessera/ingest/dictionary.hpp"
#include "tessera/ingest/field_memo.hpp"
#include "tessera/ingest/timestamp.hpp"

#include <gtest/gtest.h>

namespace tessera::fuzz {
namespace {

using namespace ingest;
using namespace ingest::testing;
using Fields = std::vector<std::string>;

Fields fields_of(std::string_view text) {
    Fields fields;
    while (!text.empty() && fields.size() < 200) {
        std::string_view const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        fields.emplace_back(line.substr(0, 2000));
    }
    return fields;
}

void expect_same_numbers(Fields const& fields) {
    for (std::string const& field : fields)
        for (int scale = 0; scale <= 9; ++scale)
            EXPECT_EQ(parse_decimal(field, scale), slow_decimal(field, scale)) << "'" << field << "' at " << scale;
}

void expect_same_times(Fields const& fields) {
    for (std::string const& field : fields) {
        auto const time = parse_timestamp(field);
        EXPECT_EQ(time, slow_time(field)) << "'" << field << "'";
        if (!time) continue;
        auto const text = core::format_wall_time(*time);
        EXPECT_EQ(core::parse_wall_time(text), time) << text;
        EXPECT_EQ(parse_timestamp(text), time) << text;
    }
}

void expect_same_codes(Fields const& fields) {
    for (std::string const& field : fields) {
        EXPECT_EQ(payment_code(field).count, slow_payment(field)) << "'" << field << "'";
        EXPECT_EQ(rate_code(field).count, slow_rate(field)) << "'" << field << "'";
        EXPECT_EQ(taxi_vendor_code(field).count, slow_taxi_vendor(field)) << "'" << field << "'";
        EXPECT_EQ(uber_vendor_code(field).count, slow_uber_vendor(field)) << "'" << field << "'";
    }
}

/// What is remembered of a field is what was read of it, whatever was remembered before.
void expect_true_memories(Fields const& fields) {
    FieldMemo memo;
    for (std::string const& field : fields) {
        std::vector<char> padded(field.begin(), field.end());
        padded.resize(field.size() + 8, '9');
        std::uint16_t const code = slow_payment(field);
        EXPECT_EQ(memo.find(padded.data(), field.size(), [&] { return code; }), code) << "'" << field << "'";
    }
}

/// What the readers of columns do not leave to others they read right. Needs of theirs: see field_column.hpp.
void expect_same_columns(Fields const& fields, std::string const& behind) {
    OneColumn const amounts(fields, behind, read_hundredths), angles(fields, behind, read_angles),
        times(fields, behind, read_times);
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (auto const amount = amounts.read(i)) {
            EXPECT_EQ(amount, slow_decimal(fields[i], 2)) << "'" << fields[i] << "'";
        }
        if (auto const angle = angles.read(i)) {
            auto const exact = slow_decimal(fields[i], 7);
            ASSERT_TRUE(exact) << "'" << fields[i] << "'";
            EXPECT_EQ(*angle, std::clamp(*exact, -most, most)) << "'" << fields[i] << "'";
        }
        if (auto const time = times.read(i)) {
            auto const exact = slow_time(fields[i]);
            ASSERT_TRUE(exact) << "'" << fields[i] << "'";
            EXPECT_EQ(*time, exact->count) << "'" << fields[i] << "'";
        }
    }
}

}  // namespace

void try_input(std::string_view bytes) {
    Input input(bytes);
    constexpr char const* ends[] = {",", "\r\n", "\n", " ,", "\"", "e5", "-"};
    std::string const behind = input.choose_of(ends);
    Fields const fields = fields_of(input.body());
    expect_same_numbers(fields);
    expect_same_times(fields);
    expect_same_codes(fields);
    expect_true_memories(fields);
    if (has_words) expect_same_columns(fields, behind);
}

}  // namespace tessera::fuzz
