#include "tessera/core/wide.hpp"
#include "tessera/ingest/digits.hpp"
#include "tessera/ingest/field_column.hpp"
#include "word_lanes.hpp"

namespace tessera::ingest {
namespace {

constexpr std::int64_t days_to_2000 = 10'957;

/// A byte of each word.
template <class Words>
[[gnu::always_inline]] inline Words byte_of(Words const& words, int byte) {
    return (words >> (8 * byte)) & 255;
}

/// 1 where a number is below 0, else 0.
template <class Ints>
[[gnu::always_inline]] inline Ints is_negative(Ints const& numbers) {
    return (numbers >> 63) & 1;
}

/// Some fields at once: "YYYY-MM-", "DD HH:MM", ":SS".
template <std::size_t lanes>
[[gnu::always_inline]] inline void read_some(FieldColumn const& fields, std::size_t at, ValueColumn& values,
                                             FieldColumn::Words& unusual) {
    using L = Lanes<lanes>;
    using Words = typename L::Words;
    using Ints = typename L::Ints;
    Words first, second, third, length;
    L::load(first, fields.first.data() + at);
    L::load(second, fields.second.data() + at);
    L::load(third, fields.third.data() + at);
    L::load(length, fields.length.data() + at);
    // Signs are brought to what digits_of makes a zero, so that one test sees that all is as it should be.
    constexpr std::uint64_t minus = '-' ^ '0', colon = ':' ^ '0';
    constexpr std::uint64_t date_signs = 0xff00'00ff'0000'0000, clock_signs = 0x0000'ff00'0000'0000;
    Words const between = byte_of(second, 2);
    Words const date = digits_of(first) ^ (minus << 32 | minus << 56);
    Words const clock = (digits_of(second) ^ colon << 40) & ~(std::uint64_t{255} << 16);
    Words const rest = (digits_of(third) ^ colon) & 0xff'ffff;
    Words const wrong = flag_non_digits(date) | flag_non_digits(clock) | flag_non_digits(rest) | (date & date_signs) |
                        (clock & clock_signs) | (rest & 255) | (length ^ 19) |
                        ((between ^ ' ') & ~L::to_words(between == 'T'));

    Words const of_date = pairs_of(date), of_clock = pairs_of(clock), of_rest = pairs_of(rest);
    Ints const year = L::to_ints(byte_of(of_date, 2)), month = L::to_ints(byte_of(of_date, 5));
    Ints const day = L::to_ints(byte_of(of_clock, 0)), hour = L::to_ints(byte_of(of_clock, 3));
    Ints const minute = L::to_ints(byte_of(of_clock, 6)), seconds = L::to_ints(byte_of(of_rest, 1));
    // Reckoned, since a table would be asked for one lane at a time. 2000 to 2099: every fourth year is a leap year.
    Ints const leap = is_negative((year & 3) - 1), after_february = is_negative(2 - month);
    Ints const last_day = month == 2 ? 28 + leap : 30 + ((month ^ (month >> 3)) & 1);
    Ints const days_before = ((367 * month - 362) * 10'923 >> 17) - (2 - leap) * after_february;
    // Below 0 where there is no such time.
    Ints const limits =
        (month - 1) | (12 - month) | (day - 1) | (last_day - day) | (23 - hour) | (59 - minute) | (59 - seconds);
    L::store(wrong | (byte_of(of_date, 0) ^ 20) | L::to_words(limits) >> 63, unusual.data() + at);
    Ints const days = days_to_2000 + 365 * year + ((year + 3) >> 2) + days_before + day - 1;
    L::store(((days * 24 + hour) * 60 + minute) * 60 + seconds, values.data() + at);
}

template <std::size_t lanes>
[[gnu::always_inline]] inline void read_column(FieldColumn const& fields, std::size_t lines, ValueColumn& values,
                                               FieldColumn::Words& unusual) {
    for (std::size_t at = 0; at < lines; at += lanes)
        read_some<lanes>(fields, at, values, unusual);
}

#ifdef TESSERA_FOR_512
TESSERA_FOR_512 void read(FieldColumn const& fields, std::size_t lines, ValueColumn& values,
                          FieldColumn::Words& unusual) {
    read_column<8>(fields, lines, values, unusual);
}
TESSERA_FOR_256 void read(FieldColumn const& fields, std::size_t lines, ValueColumn& values,
                          FieldColumn::Words& unusual) {
    read_column<4>(fields, lines, values, unusual);
}
#endif
TESSERA_FOR_ANY void read(FieldColumn const& fields, std::size_t lines, ValueColumn& values,
                          FieldColumn::Words& unusual) {
    read_column<2>(fields, lines, values, unusual);
}

}  // namespace

void read_times(FieldColumn const& fields, std::size_t lines, ValueColumn& values, FieldColumn::Words& unusual) {
    read(fields, lines, values, unusual);
}

}  // namespace tessera::ingest
