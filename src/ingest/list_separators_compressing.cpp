#include "tessera/ingest/list_separators.hpp"

#ifdef TESSERA_FOR_512
#include <immintrin.h>

#include <array>
#include <bit>

namespace tessera::ingest {
namespace {

#define TESSERA_COMPRESSING __attribute__((target("arch=x86-64-v4,avx512vbmi2")))

alignas(64) constexpr auto numbers = [] {
    std::array<std::uint8_t, 64> list{};
    for (unsigned i = 0; i < list.size(); ++i)
        list[i] = static_cast<std::uint8_t>(i);
    return list;
}();

/// Writes the 32 offsets of a half. (Masked, though by all ones: GCC 12 warns about the half that it takes otherwise.)
template <int half>
TESSERA_COMPRESSING inline void write(__m512i numbers_found, std::size_t at, LineIndex::Offset* to) {
    __m256i const bytes = _mm512_maskz_extracti64x4_epi64(255, numbers_found, half);
    __m512i const base = _mm512_set1_epi16(static_cast<short>(at));
    _mm512_storeu_si512(to + 32 * half, _mm512_add_epi16(_mm512_cvtepu8_epi16(bytes), base));
}

}  // namespace

bool can_compress() {
    static bool const can = __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512vbmi2");
    return can;
}

// One instruction brings together the numbers of the characters that are separators.
TESSERA_COMPRESSING Separators list_separators_compressing(char const* text, std::size_t at, std::size_t blocks,
                                                           char line_end, Separators found) {
    __m512i const all_numbers = _mm512_load_si512(numbers.data());
    __m512i const comma = _mm512_set1_epi8(','), quote = _mm512_set1_epi8('"'), end = _mm512_set1_epi8(line_end);
    for (std::size_t i = 0; i < blocks; ++i, at += 64) {
        __m512i const bytes = _mm512_loadu_si512(text + 64 * i);
        std::uint64_t const ends = _mm512_cmpeq_epi8_mask(bytes, end);
        std::uint64_t const all = ends | _mm512_cmpeq_epi8_mask(bytes, comma);
        found.quotes |= _mm512_cmpeq_epi8_mask(bytes, quote);
        for (std::uint64_t rest = ends; rest != 0; rest &= rest - 1)
            found.line_ends[found.lines++] = static_cast<LineIndex::Offset>(
                found.count + static_cast<unsigned>(std::popcount(all & ((rest & (0 - rest)) - 1))));
        __m512i const separators = _mm512_maskz_compress_epi8(all, all_numbers);
        write<0>(separators, at, found.ends + found.count);
        auto const count = static_cast<std::size_t>(std::popcount(all));
        if (count > 32) write<1>(separators, at, found.ends + found.count);
        found.count += count;
    }
    return found;
}

}  // namespace tessera::ingest
#endif
