#pragma once
#include <bit>
#include <cstdint>
#include <cstring>

namespace tessera::ingest {

/// Eight characters as one number, so that one instruction works on all of them; the first character is the lowest
/// byte. Only where memory has it so; elsewhere the readers that use these go the slow way.
inline constexpr bool has_words = std::endian::native == std::endian::little;

/// Local. The word that begins there.
inline std::uint64_t load_word(char const* text) {
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof(word));
    return word;
}

// The following work on a word, and on each of several words side by side (a vector of the compiler).

/// Local. Characters to digits: what was '0' to '9' is 0 to 9, what was anything else is more than 9.
template <class Word>
[[gnu::always_inline]] constexpr Word digits_of(Word const& word) {
    return word ^ std::uint64_t{0x3030'3030'3030'3030};
}

/// Local. The top bit of each byte of `digits_of` that is no digit. No byte carries into the next.
template <class Word>
[[gnu::always_inline]] constexpr Word flag_non_digits(Word const& digits) {
    constexpr std::uint64_t low = 0x7f7f'7f7f'7f7f'7f7f, to_overflow = 0x7676'7676'7676'7676;
    return (((digits & low) + to_overflow) | digits) & ~low;
}

/// Local. Numbers of two digits, in the lower byte of each pair.
template <class Word>
[[gnu::always_inline]] constexpr Word pairs_of(Word const& digits) {
    return digits * 10 + (digits >> 8);
}

/// Local. The number that eight digits make, the first being the lowest byte: pairs, then fours, then all.
template <class Word>
[[gnu::always_inline]] constexpr Word value_of(Word const& digits) {
    constexpr std::uint64_t pair = 0x0000'00ff'0000'00ff;
    Word const pairs = pairs_of(digits);
    return ((pairs & pair) * (100 + (std::uint64_t{1'000'000} << 32)) +
            ((pairs >> 16) & pair) * (1 + (std::uint64_t{10'000} << 32))) >>
           32;
}

}  // namespace tessera::ingest
