#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "tessera/query/box_groups.hpp"

namespace tessera::query {

/// What lies around a group of boxes: all groups of the floor above that have a box which meets `box`, ascending. A
/// search that stays inside of it needs no floor higher up.
struct Vicinity {
    static constexpr std::size_t most_groups = 6;
    static constexpr std::uint32_t none = ~0U;

    geo::Box box;                                  ///< empty where there would be too many
    std::array<std::uint32_t, most_groups> group;  ///< `none` after the last
};

/// Local, OpenMP. The vicinity of each group of the ground floor: its box and a third more on each side. 40 bytes each,
/// which is 0.08 bytes a trip.
std::vector<Vicinity> find_vicinities(BoxGroups const& boxes);

}  // namespace tessera::query
