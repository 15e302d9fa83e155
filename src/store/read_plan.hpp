#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "pieces.hpp"
#include "row_ranges.hpp"

namespace tessera::store {

/// The rows that a rank wants of every column, and how it gets them: in whole pieces, some rows too many, in rounds.
struct ReadPlan {
    std::vector<RowRange> wanted;
    std::vector<std::vector<RowRange>> rounds;
    std::uint64_t rows = 0;  ///< wanted
};

/// Local. Rows of all ranges.
std::uint64_t rows_in(std::span<RowRange const> ranges);

/// Local. A plan with at most so many pieces, and so many rows a round. Where the store has checksums, whole ones of
/// what they are of are read (see PieceStarts).
ReadPlan plan_reading(std::vector<RowRange> wanted, PieceStarts const& starts, std::size_t most_pieces,
                      std::uint64_t most_rows);

/// Local. Copies the wanted rows among the read ones; both lists ascend.
template <class T>
void keep_wanted(std::vector<T> const& read, std::span<RowRange const> pieces, std::span<RowRange const> wanted,
                 std::vector<T>& kept) {
    auto want = wanted.begin();
    auto from = read.begin();
    for (RowRange const& piece : pieces) {
        while (want != wanted.end() && want->last <= piece.first)
            ++want;
        for (auto w = want; w != wanted.end() && w->first < piece.last; ++w) {
            auto const begin = from + static_cast<std::ptrdiff_t>(std::max(w->first, piece.first) - piece.first);
            auto const end = from + static_cast<std::ptrdiff_t>(std::min(w->last, piece.last) - piece.first);
            kept.insert(kept.end(), begin, end);
        }
        from += static_cast<std::ptrdiff_t>(piece.size());
    }
}

}  // namespace tessera::store
