#include "tessera/query/vicinity.hpp"

#include <algorithm>
#include <bit>

#include "block_kernels.hpp"
#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

/// A third of the mean of width and height more on each side; the box as it is where it is so wide that coordinates
/// would leave the world.
geo::Box widen(geo::Box const& box) {
    std::int64_t const width = std::int64_t{box.east} - box.west, height = std::int64_t{box.north} - box.south;
    std::int64_t const more = (width + height) / 6;
    geo::Box const world = geo::Box::world();
    return {static_cast<std::int32_t>(std::max<std::int64_t>(world.west, box.west - more)),
            static_cast<std::int32_t>(std::max<std::int64_t>(world.south, box.south - more)),
            static_cast<std::int32_t>(std::min<std::int64_t>(world.east, box.east + more)),
            static_cast<std::int32_t>(std::min<std::int64_t>(world.north, box.north + more))};
}

/// Notes the groups of the first floor under a group that have a box which meets the vicinity's; false where there are
/// too many.
bool note_groups(BoxGroups const& boxes, std::size_t floor, std::size_t group, Vicinity& vicinity, std::size_t& count) {
    std::uint32_t meeting = boxes_meeting(boxes.floors()[floor][group], vicinity.box);
    if (meeting == 0) return true;
    if (floor == 1) {
        if (count == Vicinity::most_groups) return false;
        vicinity.group[count++] = static_cast<std::uint32_t>(group);
        return true;
    }
    for (; meeting != 0; meeting &= meeting - 1) {
        std::size_t const below = group * BoxGroup::size + static_cast<std::size_t>(std::countr_zero(meeting));
        if (!note_groups(boxes, floor - 1, below, vicinity, count)) return false;
    }
    return true;
}

}  // namespace

std::vector<Vicinity> find_vicinities(BoxGroups const& boxes) {
    if (boxes.floors().empty()) return {};
    std::vector<Vicinity> vicinities(boxes.floors()[0].size());
    std::size_t const top = boxes.floors().size() - 1;
#pragma omp parallel for schedule(static)
    for (std::size_t group = 0; group < vicinities.size(); ++group) {
        Vicinity& vicinity = vicinities[group];
        vicinity.group.fill(Vicinity::none);
        if (top == 0) continue;
        vicinity.box = widen(boxes.floors()[0][group].around());
        std::size_t count = 0;
        if (!note_groups(boxes, top, 0, vicinity, count)) vicinity.box = geo::Box{};
    }
    return vicinities;
}

}  // namespace tessera::query
