#include "tessera/query/box_groups.hpp"

namespace tessera::query {
namespace {

/// Half of it, towards minus infinity.
constexpr std::int32_t half_below(std::int32_t angle) {
    return angle >> 1;
}
/// Half of it, towards plus infinity.
constexpr std::int32_t half_above(std::int32_t angle) {
    return (angle >> 1) + (angle & 1);
}

std::vector<BoxGroup> group_up(std::vector<geo::Box> const& boxes) {
    std::vector<BoxGroup> groups((boxes.size() + BoxGroup::size - 1) / BoxGroup::size);
#pragma omp parallel for schedule(static)
    for (std::size_t group = 0; group < groups.size(); ++group)
        for (std::size_t i = 0; i < BoxGroup::size && group * BoxGroup::size + i < boxes.size(); ++i)
            groups[group].put(i, boxes[group * BoxGroup::size + i]);
    return groups;
}

}  // namespace

void BoxGroup::put(std::size_t i, geo::Box const& box) {
    west[i] = half_below(box.west);
    south[i] = half_below(box.south);
    east[i] = half_above(box.east);
    north[i] = half_above(box.north);
}

geo::Box BoxGroup::around() const {
    geo::Box all;
    for (std::size_t i = 0; i < size && has(i); ++i)
        all.include(box(i));
    return all;
}

BoxGroups::BoxGroups(std::vector<geo::Box> const& boxes) : size_(boxes.size()) {
    if (boxes.empty()) return;
    floors_.push_back(group_up(boxes));
    while (floors_.back().size() > 1) {
        std::vector<geo::Box> above(floors_.back().size());
        for (std::size_t group = 0; group < above.size(); ++group)
            above[group] = floors_.back()[group].around();
        floors_.push_back(group_up(above));
    }
}

}  // namespace tessera::query
