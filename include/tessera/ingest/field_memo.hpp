#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "tessera/ingest/digits.hpp"

namespace tessera::ingest {

/// Remembers what the short texts of a column mean: codes are few, and change from row to row, so that going through
/// a list of words would guess wrong each time.
class FieldMemo {
  public:
    /// Local. What `read()` returns for a text of so many bytes, 0 to 65,535; it is called where the text is not
    /// remembered. Needs: eight bytes may be read from `text` on.
    template <class Read>
    std::uint16_t find(char const* text, std::size_t length, Read&& read) {
        if (length > 8) return read();
        std::size_t const half = 4 * length;  // of the bits: a whole word is no shift
        std::uint64_t const word = load_word(text) & (((std::uint64_t{1} << half) << half) - 1);
        Entry& entry = entries_[(word * 0x9e37'79b9'7f4a'7c15) >> (64 - bits)];
        if (entry.word != word || entry.length != length)
            entry = {word, static_cast<std::uint16_t>(length), read()};  // two that share a place take turns
        return entry.value;
    }

  private:
    static constexpr unsigned bits = 5;
    struct Entry {
        std::uint64_t word = 0;
        std::uint16_t length = 9;  // of no text that is remembered
        std::uint16_t value = 0;
    };
    std::array<Entry, std::size_t{1} << bits> entries_{};
};

}  // namespace tessera::ingest
