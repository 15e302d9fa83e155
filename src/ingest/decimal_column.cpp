#include <limits>

#include "tessera/core/wide.hpp"
#include "tessera/ingest/digits.hpp"
#include "tessera/ingest/field_column.hpp"
#include "word_lanes.hpp"

namespace tessera::ingest {
namespace {

/// What a word keeps of a number with so many decimals: eight digits, the whole ones before the first decimals. The
/// other decimals, if any, are added one by one.
template <int scale>
struct Split {
    static constexpr int whole = scale == 7 ? 3 : 6;
    static constexpr int decimals = 8 - whole;
    static constexpr int others = scale - decimals;
};

/// One in each byte.
constexpr std::uint64_t ones = 0x0101'0101'0101'0101;

/// The first n bytes of words; none and all where n is below 0 and above 8.
template <std::size_t lanes>
[[gnu::always_inline]] inline void keep_first_bytes(typename Lanes<lanes>::Words& words,
                                                    typename Lanes<lanes>::Ints const& n) {
    typename Lanes<lanes>::Ints const from_0 = n > 0 ? n : 0;
    auto const half = Lanes<lanes>::to_words(from_0 < 8 ? from_0 : 8) * 4;  // of the bits: a whole word is no shift
    words &= (((words ^ words) + 1) << half << half) - 1;
}

/// Some fields at once.
template <int scale, std::size_t lanes>
[[gnu::always_inline]] inline void read_some(FieldColumn const& fields, std::size_t at, ValueColumn& values,
                                             FieldColumn::Words& unusual) {
    using Parts = Split<scale>;
    using L = Lanes<lanes>;
    using Words = typename L::Words;
    using Ints = typename L::Ints;
    Words first, second, third, size;
    L::load(first, fields.first.data() + at);
    L::load(second, fields.second.data() + at);
    L::load(third, fields.third.data() + at);
    L::load(size, fields.length.data() + at);
    Words const minus = L::to_words((first & 255) == '-');
    first = minus ? first >> 8 | second << 56 : first;
    second = minus ? second >> 8 | third << 56 : second;
    third = minus ? third >> 8 : third;
    Ints const length = L::to_ints(size + minus);  // one less

    Words const digits = digits_of(first);
    Words const non_digits = flag_non_digits(digits);
    // The first character that is no digit. Eight whole digits count as seven: then neither a point follows nor the
    // end.
    Words const flags = non_digits | std::uint64_t{1} << 63, stop = flags & -flags;
    Words const after_whole = (((stop - 1) & ones) * ones) >> 56;  // whole digits and one
    Words const shift = after_whole * 8 - 8;
    Ints const decimals = length - L::to_ints(after_whole);
    Ints const point = ((first >> shift) & 255) == '.';
    // Digits too small to count must be digits, too.
    Words wrong = non_digits & ~stop, wrong_second = flag_non_digits(digits_of(second)),
          wrong_third = flag_non_digits(digits_of(third));
    keep_first_bytes<lanes>(wrong, length);
    keep_first_bytes<lanes>(wrong_second, length - 8);
    keep_first_bytes<lanes>(wrong_third, length - 16);
    // Below 0 where there is no digit at all, where it is longer than the words, has too many whole digits.
    Ints const limits = (length + point - 1) | (std::int64_t{FieldColumn::most_bytes} - length) |
                        (8 * Parts::whole - L::to_ints(shift));
    Ints const neither_point_nor_end = ~point & (decimals + 1);
    L::store(wrong | wrong_second | wrong_third | L::to_words(neither_point_nor_end) | L::to_words(limits) >> 63,
             unusual.data() + at);

    Words const integer = digits << (56 - shift) << 8;                         // at the words' ends
    Words fraction = digits_of(first >> shift >> 8 | second << (56 - shift));  // at their begins
    keep_first_bytes<lanes>(fraction, decimals);
    Words number = value_of(integer >> (8 * Parts::decimals) | fraction << (8 * Parts::whole));
    for (int i = 0; i < Parts::others; ++i)
        number = number * 10 + ((fraction >> (8 * (Parts::decimals + i))) & 255);
    // Rounding half away from zero: exactly what the digit after the last kept one says.
    Ints magnitude = L::to_ints(number) - (((fraction >> (8 * scale)) & 255) >= 5);
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    if constexpr (Parts::others > 0) magnitude = magnitude < most ? magnitude : most;
    Ints const sign = L::to_ints(minus);
    L::store((magnitude ^ sign) - sign, values.data() + at);
}

template <int scale, std::size_t lanes>
[[gnu::always_inline]] inline void read_column(FieldColumn const& fields, std::size_t lines, ValueColumn& values,
                                               FieldColumn::Words& unusual) {
    for (std::size_t at = 0; at < lines; at += lanes)
        read_some<scale, lanes>(fields, at, values, unusual);
}

#ifdef TESSERA_FOR_512
TESSERA_FOR_512 void read(FieldColumn const& fields, std::size_t lines, int scale, ValueColumn& values,
                          FieldColumn::Words& unusual) {
    scale == 2 ? read_column<2, 8>(fields, lines, values, unusual) : read_column<7, 8>(fields, lines, values, unusual);
}
TESSERA_FOR_256 void read(FieldColumn const& fields, std::size_t lines, int scale, ValueColumn& values,
                          FieldColumn::Words& unusual) {
    scale == 2 ? read_column<2, 4>(fields, lines, values, unusual) : read_column<7, 4>(fields, lines, values, unusual);
}
#endif
TESSERA_FOR_ANY void read(FieldColumn const& fields, std::size_t lines, int scale, ValueColumn& values,
                          FieldColumn::Words& unusual) {
    scale == 2 ? read_column<2, 2>(fields, lines, values, unusual) : read_column<7, 2>(fields, lines, values, unusual);
}

}  // namespace

void read_hundredths(FieldColumn const& fields, std::size_t lines, ValueColumn& values, FieldColumn::Words& unusual) {
    read(fields, lines, 2, values, unusual);
}

void read_angles(FieldColumn const& fields, std::size_t lines, ValueColumn& values, FieldColumn::Words& unusual) {
    read(fields, lines, 7, values, unusual);
}

}  // namespace tessera::ingest
