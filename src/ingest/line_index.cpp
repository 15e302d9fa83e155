#include "tessera/ingest/line_index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "tessera/core/wide.hpp"
#include "tessera/ingest/digits.hpp"

namespace tessera::ingest {
namespace {

constexpr std::size_t block = 64;

/// Which of 64 characters are what we look for: bit i for character i.
struct Marks {
    std::uint64_t commas, line_ends, quotes;
};

#ifdef __SSE2__  // every x86-64 has it; wider vectors gain nothing, since taking the marks apart takes longer

Marks mark(char const* text, char line_end) {
    Marks marks{};
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

/// One bit for each of the eight characters of a word that is c.
std::uint64_t mark_word(std::uint64_t word, char c) {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101, low = ones * 0x7f;
    std::uint64_t const x = word ^ (ones * static_cast<unsigned char>(c));
    std::uint64_t const zeros = (~(((x & low) + low) | x | low)) >> 7;  // 1 in each byte of x that is 0
    return (zeros * 0x0102'0408'1020'4080) >> 56;                       // gathered into the top byte, in order
}

Marks mark(char const* text, char line_end) {
    Marks marks{};
    if constexpr (has_words) {
        for (unsigned part = 0; part < 8; ++part) {
            std::uint64_t const word = load_word(text + 8 * part);
            marks.commas |= mark_word(word, ',') << (8 * part);
            marks.line_ends |= mark_word(word, line_end) << (8 * part);
            marks.quotes |= mark_word(word, '"') << (8 * part);
        }
    } else {
        for (unsigned i = 0; i < block; ++i) {
            marks.commas |= std::uint64_t{text[i] == ','} << i;
            marks.line_ends |= std::uint64_t{text[i] == line_end} << i;
            marks.quotes |= std::uint64_t{text[i] == '"'} << i;
        }
    }
    return marks;
}

#endif

}  // namespace

TESSERA_WIDE_TO_256 void LineIndex::look_at(std::string_view text, char line_end) {
    ends_.resize(most_bytes + block + 1);
    line_ends_.resize(most_bytes);
    ends_[0] = ~std::uint32_t{0};
    std::size_t separators = 1, lines = 0;
    std::uint64_t quotes = 0;
    for (std::size_t at = 0; at < text.size(); at += block) {
        Marks marks;
        if (text.size() - at >= block) {
            marks = mark(text.data() + at, line_end);
        } else {
            std::array<char, block> padded{};
            std::memcpy(padded.data(), text.data() + at, text.size() - at);
            marks = mark(padded.data(), line_end);
        }
        quotes |= marks.quotes;
        std::uint64_t const all = marks.commas | marks.line_ends;
        for (std::uint64_t rest = marks.line_ends; rest != 0; rest &= rest - 1)
            line_ends_[lines++] = static_cast<std::uint32_t>(
                separators + static_cast<unsigned>(std::popcount(all & ((rest & -rest) - 1))));
        // Eight at a time, though there may be fewer: the next block writes over what is too much.
        std::uint64_t rest = all;
        auto const count = static_cast<unsigned>(std::popcount(all));
        for (unsigned done = 0; done < count; done += 8)
            for (unsigned i = 0; i < 8; ++i, rest &= rest - 1)
                ends_[separators + done + i] =
                    static_cast<std::uint32_t>(at + static_cast<unsigned>(std::countr_zero(rest)));
        separators += count;
    }
    quotes_ = quotes != 0;
    line_ends_.resize(lines);
}

}  // namespace tessera::ingest
