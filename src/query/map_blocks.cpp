#include "map_blocks.hpp"

#include <algorithm>

namespace tessera::query {
namespace {

/// Of an order along the curve, the groups of groups of blocks that meet a box.
std::vector<std::uint32_t> groups_meeting(RowOrder const& order, geo::Box const& box) {
    std::vector<std::uint32_t> found;
    auto const& floors = order.box.floors();
    if (floors.empty() || box.empty()) return found;
    if (floors.size() < 3) {
        found.push_back(0);
        return found;
    }
    for (std::size_t group = 0; group < floors[2].size(); ++group)
        for (std::uint32_t some = boxes_meeting(floors[2][group], box); some != 0; some &= some - 1) {
            std::size_t const number = group * BoxGroup::size + static_cast<std::size_t>(std::countr_zero(some));
            if (number < floors[1].size()) found.push_back(static_cast<std::uint32_t>(number));
        }
    return found;
}

MapPlan plan_along_curve(TripIndex const& index, Filter const& filter) {
    RowOrder const& order = index.curve(filter.on);
    MapPlan plan;
    plan.blocks.emplace(MapBlocks{BlockRows(order), groups_meeting(order, *filter.box), true, {0, 0}});
    if (filter.sources.has_all()) plan.blocks->sure = {0, order.blocks()};
    plan.rows = plan.blocks->pieces.size() * std::min(blocks_a_map_piece, order.blocks()) * rows_a_block;
    return plan;
}

}  // namespace

MapPlan plan_map(TripIndex const& index, Filter const& filter, core::ColumnSet measured) {
    if (filter.box->empty()) return {};
    bool const counts_only = measured == core::ColumnSet();
    if (counts_only && !filter.from && !filter.to) return plan_along_curve(index, filter);
    MapPlan plan{plan_access(index, filter, measured), std::nullopt, 0};
    plan.rows = plan.access.rows;
    if (!counts_only || plan.access.way == Access::Way::tiles) return plan;
    if (plan.access.way == Access::Way::dropoffs) {
        plan.blocks.emplace(
            MapBlocks{BlockRows(index.curve(End::dropoff)), std::move(plan.access.pieces), false, {0, 0}});
        return plan;
    }
    TimeSlabs const& slabs = index.slabs(plan.access.on);
    RowRange const whole = whole_slabs(slabs, slabs_in_window(slabs, filter), filter);
    plan.blocks.emplace(MapBlocks{BlockRows(slabs), std::move(plan.access.pieces), false, {0, 0}});
    if (filter.sources.has_all() && whole.first < whole.last) plan.blocks->sure = slabs.blocks_of(whole);
    return plan;
}

}  // namespace tessera::query
