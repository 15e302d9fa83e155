#pragma once
#include <array>
#include <bit>
#include <cstdint>

#include "noted_blocks.hpp"
#include "plane_search.hpp"

namespace tessera::query {

/// Local. The group of an order's blocks where a key is on the curve; quick where it is not far after the group `from`.
/// Shape: the order is a curve.
std::size_t group_at(RowOrder const& order, std::uint64_t key, std::size_t from = 0);

/// Walks the blocks of a curve for a search that begins where the question's place is on the curve: the nearest block
/// of that group gives a limit, and all other boxes are compared with it, from the group up. Quicker than to begin at
/// the top (BlockWalk), where each step waits for the nearest box of the one before; but good only where the group is
/// near the place. In three steps: each asks memory for what the next one looks at, so that many walks may take turns.
class CurveWalk {
  public:
    /// Keeps references to both. Shape: a group of the ground floor of a curve.
    CurveWalk(RowOrder const& order, std::size_t group, PlaneSearch& search)
        : order_(order), floors_(order.box.floors()), group_(group), search_(search) {}

    /// Local. Finds the nearest block of the group.
    void begin() {
        measure_boxes(search_.origin(), floors_[0][group_], distances_);
        std::size_t const nearest = lane_of_least(distances_);
        if (distances_[nearest] < no_box) order_.fetch(group_ * BoxGroup::size + nearest);
    }

    /// Local. Looks through it, and finds all other blocks that may hold what is wanted.
    void look_at_first() {
        while (search_.limit() == nothing_yet) {
            std::size_t const nearest = lane_of_least(distances_);
            if (distances_[nearest] >= no_box) return search_.give_up();
            distances_ = with(distances_, nearest, no_box);
            search_.look_through(group_ * BoxGroup::size + nearest);
        }
        note_blocks(group_, distances_);
        if (stays_in(order_.vicinity[group_].box))
            find_others_around(group_);
        else
            find_others(group_);
        if (noted_.overflowed()) search_.give_up();
        noted_.for_each([this](std::size_t block) { order_.fetch(block); });
    }

    /// Local. Looks through these. The search has failed where it must begin anew in another way: a limit was not
    /// found, or it left too many blocks.
    void look_at_rest() {
        if (search_.failed()) return;
        noted_.take_by_distance([this] { return search_.limit(); },
                                [this](std::size_t block) { search_.look_through(block); });
        search_.drop_the_far();
    }

  private:
    struct Opened {
        std::uint32_t floor;
        std::uint32_t group;
    };

    /// Notes the blocks of a group that are near enough.
    void note_blocks(std::size_t group, BoxDistances const& distances) {
        noted_.note(group, distances, search_.limit());
    }

    /// Whether all that is wanted is in a box.
    bool stays_in(geo::Box const& box) const {
        double const lon = search_.origin().at.lon, lat = search_.origin().at.lat;
        double const wide = std::min(lon - box.west, box.east - lon), high = std::min(lat - box.south, box.north - lat);
        double const limit = search_.limit() * (1 + 1e-6);
        return wide > 0 && high > 0 && high * high > limit && wide * wide * search_.origin().lon_weight > limit;
    }

    /// Notes the blocks that are near enough in the vicinity of a group, but not in the group itself.
    void find_others_around(std::size_t group) {
        BoxDistances distances;
        std::array<float, Vicinity::most_groups * BoxGroup::size + vector_lanes> distance;
        std::array<std::uint32_t, Vicinity::most_groups * BoxGroup::size + vector_lanes> near;
        std::size_t count = 0;
        for (std::uint32_t const above : order_.vicinity[group].group) {
            if (above == Vicinity::none) break;
            measure_boxes(search_.origin(), floors_[1][above], distances);
            std::uint32_t within = boxes_within(distances, search_.limit());
            if (above == group / BoxGroup::size) within &= ~(1U << group % BoxGroup::size);
            count += pack<BoxGroup::size>(within, reinterpret_cast<float const*>(&distances),
                                          static_cast<std::uint32_t>(above * BoxGroup::size), &distance[count],
                                          &near[count]);
        }
        for (std::size_t i = 0; i < count; ++i) {
            measure_boxes(search_.origin(), floors_[0][near[i]], distances);
            note_blocks(near[i], distances);
        }
    }

    /// Notes the blocks that are near enough of all groups but one, which is where one begins: on each floor up from
    /// it, the groups beside it are looked into.
    void find_others(std::size_t group) {
        opened_ = 0;
        for (std::size_t floor = 1; floor < floors_.size(); ++floor) {
            std::size_t const above = group / BoxGroup::size;
            open(floor, above, ~(1U << group % BoxGroup::size));
            group = above;
            while (opened_ > 0 && !noted_.overflowed()) {
                Opened const next = list_[--opened_];
                open(next.floor, next.group, ~0U);
            }
        }
    }

    /// Opens a group: notes its blocks, or the groups in it, that are near enough, of those in a set.
    void open(std::size_t floor, std::size_t group, std::uint32_t boxes) {
        BoxDistances distances;
        measure_boxes(search_.origin(), floors_[floor][group], distances);
        if (floor == 0) return note_blocks(group, distances);
        std::uint32_t near = boxes & boxes_within(distances, search_.limit());
        for (; near != 0; near &= near - 1) {
            std::size_t const below = group * BoxGroup::size + static_cast<std::size_t>(std::countr_zero(near));
            list_[opened_++] = {static_cast<std::uint32_t>(floor - 1), static_cast<std::uint32_t>(below)};
        }
    }

    RowOrder const& order_;
    std::vector<std::vector<BoxGroup>> const& floors_;
    std::size_t group_;
    PlaneSearch& search_;
    BoxDistances distances_;  ///< of the group's blocks
    NotedBlocks noted_;
    std::size_t opened_ = 0;
    std::array<Opened, 8 * BoxGroup::size> list_;  ///< at most 15 of each floor wait, and there are at most 7 floors
};

}  // namespace tessera::query
