#pragma once
#include <cstddef>
#include <cstdint>

#include "tessera/core/wide.hpp"
#include "tessera/ingest/line_index.hpp"

namespace tessera::ingest {

/// What is listed so far, of a text whose next 64 characters begin at `at`. Offsets are written beyond the last one, 64
/// at most, and the next ones take their places.
struct Separators {
    LineIndex::Offset* ends;
    LineIndex::Offset* line_ends;  ///< which of `ends` end lines
    std::size_t count = 0;
    std::size_t lines = 0;
    std::uint64_t quotes = 0;
};

/// Local. Adds those among blocks of 64 characters, which lie one behind the other.
Separators list_separators(char const* text, std::size_t at, std::size_t blocks, char line_end, Separators found);

#ifdef TESSERA_FOR_512
/// Local. The same for processors that can bring the places of set bits together, and whether this one can.
bool can_compress();
Separators list_separators_compressing(char const* text, std::size_t at, std::size_t blocks, char line_end,
                                       Separators found);
#endif

}  // namespace tessera::ingest
