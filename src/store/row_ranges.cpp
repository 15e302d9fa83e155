#include "row_ranges.hpp"

#include <algorithm>

namespace tessera::store {
namespace {

std::vector<RowRange> join_gaps(std::span<RowRange const> ranges, std::uint64_t gap) {
    std::vector<RowRange> joined;
    for (RowRange const& range : ranges) {
        if (range.size() == 0) continue;
        if (!joined.empty() && range.first - joined.back().last <= gap)
            joined.back().last = range.last;
        else
            joined.push_back(range);
    }
    return joined;
}

}  // namespace

std::vector<RowRange> join_ranges(std::span<RowRange const> ranges, std::size_t most) {
    auto joined = join_gaps(ranges, 0);
    for (std::uint64_t gap = 1024; joined.size() > most; gap *= 2)
        joined = join_gaps(joined, gap);
    return joined;
}

std::vector<std::vector<RowRange>> cut_into_rounds(std::span<RowRange const> ranges, std::uint64_t most) {
    std::vector<std::vector<RowRange>> rounds;
    std::uint64_t room = 0;
    for (RowRange range : ranges) {
        while (range.size() > 0) {
            if (room == 0) {
                rounds.emplace_back();
                room = most;
            }
            std::uint64_t const take = std::min(room, range.size());
            rounds.back().push_back({range.first, range.first + take});
            range.first += take;
            room -= take;
        }
    }
    return rounds;
}

}  // namespace tessera::store
