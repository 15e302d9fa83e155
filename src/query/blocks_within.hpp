#pragma once
#include <bit>
#include <optional>

#include "block_kernels.hpp"

namespace tessera::query {

/// The set of all boxes of a group.
inline constexpr std::uint32_t all_of_group = 0xffff;
/// Local. Of the sixteen boxes from `first` on, those in a range: a set. Shape: one at least.
inline std::uint32_t those_of_range(std::size_t first, RowRange const& range) {
    std::uint32_t all = all_of_group;
    if (first < range.first) all &= ~0U << (range.first - first);
    if (first + BoxGroup::size > range.last) all &= (1U << (range.last - first)) - 1;
    return all;
}

/// Local. Calls visit(block) for the blocks of a range whose boxes meet a box, or for all of them, ascending. Sixteen
/// blocks, and where there are many sixteen groups of these, are looked at together.
template <class Visit>
void for_each_block_within(BoxGroups const& boxes, RowRange blocks, std::optional<geo::Box> const& box, Visit&& visit) {
    constexpr std::size_t size = BoxGroup::size, few_groups = 8;
    if (blocks.first == blocks.last || (box && box->empty())) return;
    auto const visit_group = [&](std::size_t group) {
        std::uint32_t left = those_of_range(group * size, blocks);
        if (box) left &= boxes_meeting(boxes.floors()[0][group], *box);
        for (; left != 0; left &= left - 1)
            visit(group * size + static_cast<std::size_t>(std::countr_zero(left)));
    };
    RowRange const groups{blocks.first / size, (blocks.last - 1) / size + 1};
    bool const by_groups = box && groups.last - groups.first > few_groups && boxes.floors().size() > 1;
    for (std::size_t group = groups.first; box && !by_groups && group < groups.last; ++group)
        boxes.fetch(0, group);
    for (std::size_t above = groups.first / size; above * size < groups.last; ++above) {
        std::uint32_t left = those_of_range(above * size, groups);
        if (by_groups) left &= boxes_meeting(boxes.floors()[1][above], *box);
        for (; left != 0; left &= left - 1)
            visit_group(above * size + static_cast<std::size_t>(std::countr_zero(left)));
    }
}

}  // namespace tessera::query
