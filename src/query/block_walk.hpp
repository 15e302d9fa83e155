#pragma once
#include <algorithm>
#include <array>

#include "plane_search.hpp"

namespace tessera::query {

/// Walks the boxes of an order for a search, the nearest first, whatever their floor: so no block is looked through
/// that is farther away than what is found in the end, some five of them. Groups that were opened stand in a short
/// list, each with the nearest of the boxes that it has left: cheaper than a heap of boxes, most of which nobody asks
/// for.
class BlockWalk {
  public:
    /// Keeps references to both.
    BlockWalk(BoxGroups const& boxes, PlaneSearch& search) : floors_(boxes.floors()), search_(search) {}

    /// Local. Calls look(block) for all blocks that may hold what is wanted.
    template <class Look>
    void walk(Look&& look) {
        if (floors_.empty()) return;
        open(floors_.size() - 1, 0);
        go_on(look);
        search_.drop_the_far();
    }

  private:
    static constexpr std::size_t room = 6 * vector_lanes;
    /// Of a box that was taken.
    static constexpr float taken = no_box;

    struct Opened {
        BoxDistances distances;
        std::uint32_t nearest;  ///< place of the nearest
        std::uint32_t floor;
        std::size_t group;
    };

    void open(std::size_t floor, std::size_t group) {
        if (count_ == room) return search_.give_up();
        Opened& opened = opened_[count_];
        opened.floor = static_cast<std::uint32_t>(floor);
        opened.group = group;
        measure_boxes(search_.origin(), floors_[floor][group], opened.distances);
        if (count_ % vector_lanes == 0) nearest_[count_ / vector_lanes] = taken - Floats{};
        find_nearest(count_++);
    }

    void find_nearest(std::size_t number) {
        Opened& opened = opened_[number];
        std::size_t const place = lane_of_least(opened.distances);
        opened.nearest = static_cast<std::uint32_t>(place);
        nearest_[number / vector_lanes] =
            with(nearest_[number / vector_lanes], number % vector_lanes, opened.distances[place]);
        if (opened.floor > 0) fetch(floors_[opened.floor - 1][opened.group * BoxGroup::size + place]);
    }

    /// Asks memory for a group, which is wanted next as often as not.
    static void fetch(BoxGroup const& group) {
        core::ask_memory(&group.west);
        core::ask_memory(&group.south);
        core::ask_memory(&group.east);
        core::ask_memory(&group.north);
    }

    /// The nearest box of an opened group.
    std::size_t take_from(std::size_t number) {
        Opened& from = opened_[number];
        std::size_t const box = from.group * BoxGroup::size + from.nearest;
        from.distances = with(from.distances, from.nearest, taken);
        find_nearest(number);
        return box;
    }

    template <class Look>
    void go_on(Look&& look) {
        while (!search_.failed()) {
            std::size_t best = lane_of_least(nearest_[0]);
            for (std::size_t some = vector_lanes; some < count_; some += vector_lanes) {
                std::size_t const other = some + lane_of_least(nearest_[some / vector_lanes]);
                if (distance_of(other) < distance_of(best)) best = other;
            }
            if (distance_of(best) > search_.limit() || distance_of(best) >= taken) return;
            std::size_t const floor = opened_[best].floor, box = take_from(best);
            if (floor == 0)
                look(box);
            else
                open(floor - 1, box);
        }
    }

    float distance_of(std::size_t number) const { return nearest_[number / vector_lanes][number % vector_lanes]; }

    std::vector<std::vector<BoxGroup>> const& floors_;
    PlaneSearch& search_;
    std::size_t count_ = 0;
    std::array<Opened, room> opened_;
    std::array<Floats, room / vector_lanes> nearest_;  ///< how near the nearest box of each opened group is
};

}  // namespace tessera::query
