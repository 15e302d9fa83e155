#pragma once
#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "tessera/ingest/digits.hpp"

namespace tessera::ingest {

/// Which of 64 characters are what we look for: bit i for character i.
struct Marks {
    std::uint64_t commas = 0, line_ends = 0, quotes = 0;
};

#ifdef __SSE2__  // every x86-64 has it

/// Local. The marks of 64 characters.
[[gnu::always_inline]] inline Marks find_marks(char const* text, char line_end) {
    Marks marks;
    for (unsigned part = 0; part < 4; ++part) {
        __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text + 16 * part));
        auto const equal = [&](char c) {
            auto const bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c))));
            return std::uint64_t{bits} << (16 * part);
        };
        marks.commas |= equal(',');
        marks.line_ends |= equal(line_end);
        marks.quotes |= equal('"');
    }
    return marks;
}

#else

/// Local. One bit for each of the eight characters of a word that is c.
inline std::uint64_t mark_word(std::uint64_t word, char c) {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101, low = ones * 0x7f;
    std::uint64_t const x = word ^ (ones * static_cast<unsigned char>(c));
    std::uint64_t const zeros = (~(((x & low) + low) | x | low)) >> 7;  // 1 in each byte of x that is 0
    return (zeros * 0x0102'0408'1020'4080) >> 56;                       // gathered into the top byte, in order
}

/// Local. The marks of 64 characters.
inline Marks find_marks(char const* text, char line_end) {
    Marks marks;
    for (unsigned part = 0; part < 64; part += has_words ? 8 : 1) {
        if constexpr (has_words) {
            std::uint64_t const word = load_word(text + part);
            marks.commas |= mark_word(word, ',') << part;
            marks.line_ends |= mark_word(word, line_end) << part;
            marks.quotes |= mark_word(word, '"') << part;
        } else {
            marks.commas |= std::uint64_t{text[part] == ','} << part;
            marks.line_ends |= std::uint64_t{text[part] == line_end} << part;
            marks.quotes |= std::uint64_t{text[part] == '"'} << part;
        }
    }
    return marks;
}

#endif

}  // namespace tessera::ingest
