#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "tessera/ingest/digits.hpp"

namespace tessera::ingest {

/// Bytes behind a field that `quick_decimal` may look at, though not use.
inline constexpr std::size_t quick_padding = 16;

namespace detail {

/// The first n bytes of a word.
inline constexpr auto first_bytes = [] {
    std::array<std::uint64_t, 9> masks{};
    for (unsigned n = 1; n <= 8; ++n)
        masks[n] = ~std::uint64_t{0} >> (64 - 8 * n);
    return masks;
}();

}  // namespace detail

/// Local. As parse_decimal for the forms that files are full of: an optional minus, at most 7 whole digits, perhaps a
/// point and at most 16 digits. False where the text is none of these (parse_decimal knows what it is then). Whether
/// there is a point, and how many digits, differs from row to row: so nothing here branches on it, words are shifted
/// and masked instead. Needs: what follows the text is no digit, and quick_padding bytes may be read behind it.
template <int scale>
[[gnu::always_inline]] inline bool quick_decimal(char const* text, std::size_t length, std::int64_t& value) {
    static_assert(scale >= 0 && scale <= 7);
    if constexpr (!has_words) return false;
    constexpr auto powers =
        std::to_array<std::int64_t>({1, 10, 100, 1000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000});
    std::size_t const sign = *text == '-' ? 1 : 0;
    char const* const begin = text + sign;
    char const* const end = text + length;
    std::uint64_t const head = digits_of(load_word(begin));
    // Eight whole digits count as seven here: then neither a point follows nor the end.
    auto const whole = static_cast<unsigned>(std::countr_zero(flag_non_digits(head) | std::uint64_t{1} << 63)) / 8;
    char const* const rest = begin + whole;
    bool const point = *rest == '.';
    auto const decimals = static_cast<std::size_t>(end - rest) - (point ? 1 : 0);
    std::uint64_t const tail = digits_of(load_word(rest + 1));
    std::size_t const kept = std::min<std::size_t>(decimals, 8);
    // Digits too small to count must be digits, too. They are among the last eight characters.
    std::size_t const many = std::size_t{0} - (decimals > 8 ? 1 : 0);
    std::uint64_t const last = digits_of(load_word(begin + (static_cast<std::size_t>(end - begin - 8) & many)));
    std::uint64_t const wrong =
        (flag_non_digits(tail) & detail::first_bytes[kept]) | (flag_non_digits(last) & std::uint64_t{many});
    int const usual = (int{point} | int{rest == end}) & int{wrong == 0} & int{decimals <= 16} & int{whole + kept > 0};
    std::uint64_t const integer = value_of((head << (56 - 8 * whole)) << 8);
    std::uint64_t const fraction = value_of(tail & detail::first_bytes[kept]);  // in 1e-8
    constexpr std::uint64_t unit = static_cast<std::uint64_t>(powers[8 - scale]);
    // Rounding half away from zero: exactly what the digit after the last kept one says.
    auto const magnitude =
        static_cast<std::int64_t>(integer * static_cast<std::uint64_t>(powers[scale]) + (fraction + unit / 2) / unit);
    auto const minus = static_cast<std::int64_t>(sign);
    value = (magnitude ^ -minus) + minus;
    return usual != 0;
}

}  // namespace tessera::ingest
