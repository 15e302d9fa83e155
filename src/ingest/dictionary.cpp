#include "tessera/ingest/dictionary.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

#include "tessera/core/codes.hpp"
#include "tessera/ingest/decimal.hpp"

namespace tessera::ingest {
namespace {

struct Word {
    std::string_view word;  ///< upper case
    std::uint8_t code;
};

// 2009: CASH, Credit, No Charge, Dispute; 2010: CAS, CRE, "NA "; 2011 to 2014: CRD, CSH, NOC, DIS, UNK.
// NA gave way to UNK, hence "unknown" rather than "not given".
constexpr Word payment_words[] = {{"CRD", 1},     {"CREDIT", 1}, {"CRE", 1},       {"CSH", 2},  {"CASH", 2},
                                  {"CAS", 2},     {"NOC", 3},    {"NO CHARGE", 3}, {"NO", 3},   {"DIS", 4},
                                  {"DISPUTE", 4}, {"UNK", 5},    {"NA", 5},        {"VOID", 6}, {"VOIDED TRIP", 6}};
constexpr Word vendor_words[] = {{"CMT", 1}, {"VTS", 2}, {"DDS", 3}};

bool equals_ignoring_case(std::string_view text, std::string_view upper) {
    return std::equal(text.begin(), text.end(), upper.begin(), upper.end(), [](char a, char b) {
        return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 'a' + 'A') : a) == b;
    });
}

/// A number from 1 to `most`, or a word of the list.
core::Code code_of(std::string_view text, std::uint8_t most, std::span<Word const> words) {
    if (text.empty()) return core::Code{0};
    if (text.size() == 1 && text[0] >= '1' && text[0] <= '0' + most)
        return core::Code{static_cast<std::uint8_t>(text[0] - '0')};
    for (Word const& word : words)
        if (equals_ignoring_case(text, word.word)) return core::Code{word.code};
    auto const number = parse_decimal(text, 0);  // "1.0", as a data frame writes it
    if (number && *number >= 1 && *number <= most) return core::Code{static_cast<std::uint8_t>(*number)};
    return core::Code{0};
}

}  // namespace

core::Code payment_code(std::string_view text) {
    return code_of(text, 6, payment_words);
}
core::Code rate_code(std::string_view text) {
    return code_of(text, 6, {});
}
core::Code taxi_vendor_code(std::string_view text) {
    return code_of(text, 3, vendor_words);
}

core::Code uber_vendor_code(std::string_view base) {
    if (base.empty()) return core::Code{0};
    auto const found = std::find_if(core::uber_bases.begin(), core::uber_bases.end(),
                                    [&](std::string_view known) { return equals_ignoring_case(base, known); });
    if (found == core::uber_bases.end()) return core::Code{core::other_uber_vendor};
    return core::Code{static_cast<std::uint8_t>(core::first_uber_vendor + (found - core::uber_bases.begin()))};
}

}  // namespace tessera::ingest
