#pragma once
#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace tessera::report {

/// How far from a pick-up nearest questions are asked, metres: at its place, around the corner, a block or two away.
inline constexpr std::array<std::int32_t, 3> near_metres{0, 50, 100};

/// How a store would be shared out, were there so many ranks.
struct RankPlan {
    int ranks = 1;
    std::uint64_t most_trips = 0;  ///< of the fullest rank
    int grid_columns = 1;          ///< of the fixed grid of as many equal cells whose fullest cell has fewest trips
    int grid_rows = 1;
    std::uint64_t grid_most_trips = 0;
    /// Questions that cannot be answered without a second rank: it has a tile no farther than the k-th neighbour.
    std::array<std::uint64_t, near_metres.size()> second_needed{};
    /// Questions that the tile table alone, which does not know that neighbour, sends to a second rank.
    std::array<std::uint64_t, near_metres.size()> second_asked{};
};

/// How it would be shared out at several numbers of ranks.
struct RankPlans {
    std::uint64_t trips = 0;
    std::uint64_t largest_tile = 0;  ///< trips
    std::uint64_t questions = 0;     ///< nearest, at each of near_metres
    std::uint64_t k = 0;
    std::vector<RankPlan> plans;
};

/// Local. The plans as a table for people.
std::string plans_table(RankPlans const& plans);
/// Local. The plans as {"questions", "k", "near_m": [metres], "plans": [{"ranks", "max_over_mean", "bound",
/// "grid_columns", "grid_rows", "grid_max_over_mean", "second_rank_needed": [shares], "second_rank_asked": [shares]}]};
/// shares of the questions, one for each of the metres.
nlohmann::ordered_json plans_json(RankPlans const& plans);

}  // namespace tessera::report
