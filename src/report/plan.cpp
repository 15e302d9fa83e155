#include "tessera/report/plan.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "tessera/report/align.hpp"
#include "tessera/report/literal.hpp"

namespace tessera::report {
namespace {

constexpr std::string_view bar = "|";

/// The fullest part's trips over the mean part's; 1 where there are none.
double over_mean(std::uint64_t most_trips, int parts, std::uint64_t trips) {
    return trips == 0 ? 1 : static_cast<double>(most_trips) * parts / static_cast<double>(trips);
}

/// What no rank exceeds: see tiling::cut_runs.
double bound_of(RankPlans const& plans, int ranks) {
    return 1 + (plans.trips == 0 ? 0 : over_mean(plans.largest_tile, ranks, plans.trips));
}

using Counts = std::array<std::uint64_t, near_metres.size()>;

std::vector<double> shares_of(Counts const& counts, RankPlans const& plans) {
    std::vector<double> shares;
    for (std::uint64_t const count : counts)
        shares.push_back(plans.questions == 0 ? 0 : static_cast<double>(count) / static_cast<double>(plans.questions));
    return shares;
}

using Row = std::vector<std::string>;

void append_percents(Row& row, Counts const& counts, RankPlans const& plans) {
    row.emplace_back(bar);
    for (double const share : shares_of(counts, plans))
        row.push_back(fmt::format("{:.2f}", 100 * share));
}

Row row_of(RankPlan const& plan, RankPlans const& plans) {
    Row row{with_separators(static_cast<std::uint64_t>(plan.ranks)),
            fmt::format("{:.4f}", over_mean(plan.most_trips, plan.ranks, plans.trips)),
            fmt::format("{:.4f}", bound_of(plans, plan.ranks)),
            std::string(bar),
            fmt::format("{:.2f}", over_mean(plan.grid_most_trips, plan.ranks, plans.trips)),
            std::to_string(plan.grid_columns),
            std::to_string(plan.grid_rows)};
    append_percents(row, plan.second_needed, plans);
    append_percents(row, plan.second_asked, plans);
    return row;
}

}  // namespace

std::string plans_table(RankPlans const& plans) {
    Row head{"ranks", "max/mean", "bound", std::string(bar), "max/mean", "columns", "rows"};
    for (int kind = 0; kind < 2; ++kind) {
        head.emplace_back(bar);
        for (std::int32_t const metres : near_metres)
            head.push_back(fmt::format("{:>3} m", metres));
    }
    std::vector<Row> rows{head};
    for (RankPlan const& plan : plans.plans)
        rows.push_back(row_of(plan, plans));
    std::string const table = align_columns(rows, 0);
    return captions_over(table, bar, {"a fixed grid", "second needed, %", "second asked, %"}) + table +
           fmt::format("second: of {} nearest questions, k {}, so far from a pick-up at most, those about two ranks\n",
                       with_separators(plans.questions), plans.k);
}

nlohmann::ordered_json plans_json(RankPlans const& plans) {
    auto list = nlohmann::ordered_json::array();
    for (RankPlan const& plan : plans.plans)
        list.push_back({{"ranks", plan.ranks},
                        {"max_over_mean", over_mean(plan.most_trips, plan.ranks, plans.trips)},
                        {"bound", bound_of(plans, plan.ranks)},
                        {"grid_columns", plan.grid_columns},
                        {"grid_rows", plan.grid_rows},
                        {"grid_max_over_mean", over_mean(plan.grid_most_trips, plan.ranks, plans.trips)},
                        {"second_rank_needed", shares_of(plan.second_needed, plans)},
                        {"second_rank_asked", shares_of(plan.second_asked, plans)}});
    return {{"questions", plans.questions}, {"k", plans.k}, {"near_m", near_metres}, {"plans", list}};
}

}  // namespace tessera::report
