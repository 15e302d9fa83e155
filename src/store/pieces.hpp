#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "row_ranges.hpp"

namespace tessera::store {

/// Most rows of a piece: what a checksum is of.
inline constexpr std::uint64_t piece_rows = std::uint64_t{1} << 16;

/// Where pieces begin; the last entry is where the last one ends. A tile is a piece, or several where it has more than
/// `piece_rows` trips: questions read whole tiles, and so whole pieces, and since a rank owns whole tiles, pieces do
/// not depend on how many ranks there are.
using PieceStarts = std::vector<std::uint64_t>;

/// Local. The pieces of some tiles that follow each other. Shape: first_trip has one entry more than there are tiles.
PieceStarts cut_pieces(std::span<std::uint64_t const> first_trip);

/// Local. How many pieces cut_pieces makes; there may be too many to make them.
std::uint64_t count_pieces(std::span<std::uint64_t const> first_trip);

/// Local. The number of the piece that a row lies in. Shape: the row lies in one.
std::size_t piece_of(PieceStarts const& starts, std::uint64_t row);

/// Local. Ascending, disjoint ranges as long as need be to be of whole pieces, each piece once.
std::vector<RowRange> whole_pieces(PieceStarts const& starts, std::span<RowRange const> ranges);

}  // namespace tessera::store
