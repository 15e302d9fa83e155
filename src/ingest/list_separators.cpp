#include "tessera/ingest/list_separators.hpp"

#include <array>
#include <cstring>

#include "marks.hpp"

namespace tessera::ingest {
namespace {

using Offset = LineIndex::Offset;

/// For each set of eight bits which they are, the lowest first.
constexpr auto bits_of = [] {
    std::array<std::array<Offset, 8>, 256> table{};
    for (unsigned set = 0; set < 256; ++set)
        for (unsigned bit = 0, count = 0; bit < 8; ++bit)
            if (set >> bit & 1) table[set][count++] = static_cast<Offset>(bit);
    return table;
}();

/// How many bits of each byte are set, of it and of all below. (Not by popcount, which the oldest processors have not.)
constexpr std::uint64_t count_up(std::uint64_t set) {
    set -= (set >> 1) & 0x5555'5555'5555'5555;
    set = (set & 0x3333'3333'3333'3333) + ((set >> 2) & 0x3333'3333'3333'3333);
    set = (set + (set >> 4)) & 0x0f0f'0f0f'0f0f'0f0f;
    return set * 0x0101'0101'0101'0101;
}

/// Eight places for each eight characters: nothing depends on how many separators there are, which differs all the
/// time.
inline void list(Marks const& marks, std::size_t at, Separators& found) {
    std::uint64_t const all = marks.commas | marks.line_ends, counts = count_up(all);
    for (std::uint64_t rest = marks.line_ends; rest != 0; rest &= rest - 1)
        found.line_ends[found.lines++] =
            static_cast<Offset>(found.count + (count_up(all & ((rest & (0 - rest)) - 1)) >> 56));
    for (unsigned part = 0; part < 8; ++part) {
        typedef Offset Offsets __attribute__((vector_size(8 * sizeof(Offset))));
        Offsets offsets;
        std::memcpy(&offsets, bits_of[(all >> (8 * part)) & 255].data(), sizeof offsets);
        offsets += static_cast<Offset>(at + 8 * part);
        std::size_t const before = part == 0 ? 0 : (counts >> (8 * (part - 1))) & 255;
        std::memcpy(found.ends + found.count + before, &offsets, sizeof offsets);
    }
    found.count += counts >> 56;
    found.quotes |= marks.quotes;
}

}  // namespace

Separators list_separators(char const* text, std::size_t at, std::size_t blocks, char line_end, Separators found) {
    for (std::size_t i = 0; i < blocks; ++i)
        list(find_marks(text + 64 * i, line_end), at + 64 * i, found);
    return found;
}

}  // namespace tessera::ingest
