#include "tessera/ingest/dictionary.hpp"

#include <algorithm>
#include <array>
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

/// Up to seven characters, in upper case, as one number that tells how many they are; 0 for more.
constexpr std::uint64_t pack(std::string_view text) {
    if (text.size() > 7) return 0;
    std::uint64_t packed = 1;
    for (char const c : text)
        packed = packed << 8 | static_cast<unsigned char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    return packed;
}

/// The short words of a list, each where its number says, or at the next free place: words change from row to row, and
/// going through a list would guess wrong each time.
class ShortWords {
  public:
    constexpr explicit ShortWords(std::span<Word const> words) {
        for (Word const& word : words) {
            if (pack(word.word) == 0) continue;
            std::size_t place = place_of(pack(word.word));
            while (packed_[place] != 0)
                place = (place + 1) % size;
            packed_[place] = pack(word.word);
            code_[place] = word.code;
        }
    }
    constexpr std::uint8_t find(std::uint64_t packed) const {
        std::size_t place = place_of(packed);
        while (packed_[place] != packed && packed_[place] != 0)
            place = (place + 1) % size;
        return code_[place];  // 0 where there is no word
    }

  private:
    static constexpr std::size_t size = 64;
    static constexpr std::size_t place_of(std::uint64_t packed) {
        return static_cast<std::size_t>((packed * 0x9e37'79b9'7f4a'7c15) >> 58);
    }
    std::array<std::uint64_t, size> packed_{};
    std::array<std::uint8_t, size> code_{};
};

constexpr ShortWords short_payments{payment_words}, short_vendors{vendor_words}, no_short_words{{}};

/// A number from 1 to `most`, or a word of the list.
core::Code code_of(std::string_view text, std::uint8_t most, std::span<Word const> words, ShortWords const& quick) {
    if (text.size() == 1 && text[0] >= '1' && text[0] <= '0' + most)
        return core::Code{static_cast<std::uint8_t>(text[0] - '0')};
    if (auto const code = quick.find(pack(text)); code != 0) return core::Code{code};
    for (Word const& word : words)
        if (equals_ignoring_case(text, word.word)) return core::Code{word.code};
    auto const number = parse_decimal(text, 0);  // "1.0", as a data frame writes it
    if (number && *number >= 1 && *number <= most) return core::Code{static_cast<std::uint8_t>(*number)};
    return core::Code{0};
}

}  // namespace

core::Code payment_code(std::string_view text) {
    return code_of(text, 6, payment_words, short_payments);
}
core::Code rate_code(std::string_view text) {
    return code_of(text, 6, {}, no_short_words);
}
core::Code taxi_vendor_code(std::string_view text) {
    return code_of(text, 3, vendor_words, short_vendors);
}

core::Code uber_vendor_code(std::string_view base) {
    if (base.empty()) return core::Code{0};
    auto const found = std::find_if(core::uber_bases.begin(), core::uber_bases.end(),
                                    [&](std::string_view known) { return equals_ignoring_case(base, known); });
    if (found == core::uber_bases.end()) return core::Code{core::other_uber_vendor};
    return core::Code{static_cast<std::uint8_t>(core::first_uber_vendor + (found - core::uber_bases.begin()))};
}

}  // namespace tessera::ingest
