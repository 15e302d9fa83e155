#include "pieces.hpp"

#include <algorithm>

namespace tessera::store {

PieceStarts cut_pieces(std::span<std::uint64_t const> first_trip) {
    PieceStarts starts;
    starts.reserve(first_trip.size());
    for (std::size_t tile = 0; tile + 1 < first_trip.size(); ++tile)
        for (std::uint64_t row = first_trip[tile]; row < first_trip[tile + 1]; row += piece_rows)
            starts.push_back(row);
    starts.push_back(first_trip.back());
    return starts;
}

std::uint64_t count_pieces(std::span<std::uint64_t const> first_trip) {
    std::uint64_t pieces = 0;
    for (std::size_t tile = 0; tile + 1 < first_trip.size(); ++tile) {
        std::uint64_t const rows = first_trip[tile + 1] - first_trip[tile];
        pieces += rows / piece_rows + (rows % piece_rows == 0 ? 0U : 1U);
    }
    return pieces;
}

std::size_t piece_of(PieceStarts const& starts, std::uint64_t row) {
    return static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), row) - starts.begin()) - 1;
}

std::vector<RowRange> whole_pieces(PieceStarts const& starts, std::span<RowRange const> ranges) {
    std::vector<RowRange> whole;
    for (RowRange const& range : ranges) {
        if (range.size() == 0) continue;
        RowRange grown{starts[piece_of(starts, range.first)], starts[piece_of(starts, range.last - 1) + 1]};
        if (!whole.empty()) grown.first = std::max(grown.first, whole.back().last);
        if (grown.first < grown.last) whole.push_back(grown);
    }
    return whole;
}

}  // namespace tessera::store
