#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "tessera/query/row_order.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tessera::query {

/// Steps [first, first + span] of a coordinate, or seconds.
struct Steps {
    std::uint16_t first;
    std::uint16_t span;
};

/// The rows of a block whose numbers (of 16 bits: x, y, seconds) lie in some steps each. Which of them do is asked once
/// for all of the numbers: gathering a bit of each row costs as much as comparing them.
class RowsInSteps {
  public:
    /// Local. Leaves those whose numbers lie in the steps.
    void keep(PerPlace<std::uint16_t> const& numbers, Steps steps);
    /// Local. The set of the rows that are left.
    std::uint32_t set() const;

  private:
#if defined(__SSE2__)
    static constexpr std::size_t parts = rows_a_block * sizeof(std::uint16_t) / sizeof(__m128i);
    __m128i beyond_[parts] = {};  ///< 0 for the rows that are left
#else
    std::uint32_t set_ = ~0U;
#endif
};

#if defined(__SSE2__)
inline void RowsInSteps::keep(PerPlace<std::uint16_t> const& numbers, Steps steps) {
    __m128i const first = _mm_set1_epi16(static_cast<short>(steps.first));
    __m128i const span = _mm_set1_epi16(static_cast<short>(steps.span));
    for (std::size_t i = 0; i < parts; ++i) {
        __m128i part;
        std::memcpy(&part, numbers.data() + i * sizeof part / sizeof numbers[0], sizeof part);
        beyond_[i] = _mm_or_si128(beyond_[i], _mm_subs_epu16(_mm_sub_epi16(part, first), span));
    }
}
inline std::uint32_t RowsInSteps::set() const {
    __m128i const zero = _mm_setzero_si128();
    auto const half = [&](std::size_t i) {
        return static_cast<std::uint32_t>(_mm_movemask_epi8(
            _mm_packs_epi16(_mm_cmpeq_epi16(beyond_[i], zero), _mm_cmpeq_epi16(beyond_[i + 1], zero))));
    };
    return half(0) | half(2) << 16;
}
#else
inline void RowsInSteps::keep(PerPlace<std::uint16_t> const& numbers, Steps steps) {
    std::uint32_t found = 0;
    for (std::size_t i = 0; i < rows_a_block; ++i) {
        auto const after_first = static_cast<std::uint16_t>(numbers[i] - steps.first);
        found |= after_first <= steps.span ? 1U << i : 0U;
    }
    set_ &= found;
}
inline std::uint32_t RowsInSteps::set() const {
    return set_;
}
#endif

/// Local. The rows whose numbers lie in those steps.
inline std::uint32_t rows_in(PerPlace<std::uint16_t> const& numbers, Steps steps) {
    RowsInSteps rows;
    rows.keep(numbers, steps);
    return rows.set();
}

}  // namespace tessera::query
