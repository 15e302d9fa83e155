#include "read_plan.hpp"

#include <numeric>

namespace tessera::store {

std::uint64_t rows_in(std::span<RowRange const> ranges) {
    return std::accumulate(ranges.begin(), ranges.end(), std::uint64_t{0},
                           [](std::uint64_t sum, RowRange const& range) { return sum + range.size(); });
}

ReadPlan plan_reading(std::vector<RowRange> wanted, PieceStarts const& starts, std::size_t most_pieces,
                      std::uint64_t most_rows) {
    ReadPlan plan;
    plan.rounds =
        cut_into_rounds(join_ranges(starts.empty() ? wanted : whole_pieces(starts, wanted), most_pieces), most_rows);
    plan.rows = rows_in(wanted);
    plan.wanted = std::move(wanted);
    return plan;
}

}  // namespace tessera::store
