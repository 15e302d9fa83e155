#pragma once
#include <array>

#include "blocks_within.hpp"
#include "noted_blocks.hpp"
#include "plane_search.hpp"
#include "time_window.hpp"

namespace tessera::query {

/// Walks the blocks of some slabs for a search, the nearest first. Few groups of blocks, as an hour has, are all
/// measured at once; of many those that are near, as one comes to them. What will probably be looked through is asked
/// for as soon as it is known, since each block comes from far away in memory. In three steps, so that many walks may
/// take turns.
class SlabWalk {
  public:
    static constexpr std::size_t most_blocks = 1 << 13;

    /// Keeps references to both. Shape: `some` are slabs of the filter's window, with 1 to most_blocks blocks.
    SlabWalk(TimeSlabs const& slabs, RowRange some, Filter const& filter, PlaneSearch& search)
        : slabs_(slabs),
          floors_(slabs.order.box.floors()),
          blocks_(slabs.blocks_of(some)),
          whole_(slabs.blocks_of(whole_slabs(slabs, some, filter))),
          window_(filter),
          search_(search) {}

    /// Local. Finds the nearest block.
    void begin() {
        constexpr std::size_t few = 8;
        RowRange const groups = groups_of(blocks_);
        if (groups.last - groups.first <= few || floors_.size() == 1)
            for (std::size_t group = groups.first; group < groups.last; ++group)
                blocks_left_.add(group, measure(0, group, blocks_));
        else
            measure_groups(groups);
        if (find_next()) fetch(next_);
    }

    /// Local. Looks through it, and through more until there is a limit, and finds all other blocks that may hold what
    /// is wanted.
    void look_at_first() {
        do {
            if (!there_is_next_) return;
            look(next_);
        } while (search_.limit() == nothing_yet && find_next());
        note_within_limit();
        if (!noted_.overflowed())
            noted_.for_each_within(limit() / 4, [this](std::size_t block) { fetch(block); });
        else if (find_next())
            fetch(next_);
    }

    /// Local. Looks through these, unless the search has failed.
    void look_at_rest() {
        if (noted_.overflowed())
            for (; there_is_next_; find_next())
                look(next_);
        else if (!search_.failed())
            noted_.take_by_distance([this] { return search_.limit(); }, [this](std::size_t block) { look(block); });
        search_.drop_the_far();
    }

  private:
    struct Nearest {
        float distance;
        std::size_t group;
        std::size_t lane;
    };
    /// Boxes that may be looked into, in their groups, each with its distance.
    class Boxes {
      public:
        bool empty() const { return count_ == 0; }
        bool is_full() const { return count_ == room; }
        void add(std::size_t group, BoxDistances const& distances) {
            distances_[count_] = distances;
            group_[count_++] = static_cast<std::uint32_t>(group);
        }
        /// The nearest, at a distance of no_box where none is left.
        Nearest nearest() const {
            BoxDistances least = no_box - BoxDistances{};
            for (std::size_t i = 0; i < count_; ++i)
                least = distances_[i] < least ? distances_[i] : least;
            std::size_t const lane = lane_of_least(least);
            Nearest found{least[lane], 0, lane};
            while (found.group < count_ && distances_[found.group][lane] != found.distance)
                ++found.group;
            return found;
        }
        /// Its number; it is gone then.
        std::size_t take(Nearest const& box) {
            distances_[box.group] = with(distances_[box.group], box.lane, no_box);
            return group_[box.group] * BoxGroup::size + box.lane;
        }
        /// Calls visit(number) for those at a distance of at most that.
        template <class Visit>
        void for_each_within(float distance, Visit&& visit) const {
            for (std::size_t i = 0; i < count_; ++i)
                for (std::uint32_t near = boxes_within(distances_[i], distance); near != 0; near &= near - 1)
                    visit(group_[i] * BoxGroup::size + static_cast<std::size_t>(std::countr_zero(near)));
        }
        /// The same; they are gone then.
        template <class Visit>
        void take_within(float distance, Visit&& visit) {
            for_each_within(distance, visit);
            for (std::size_t i = 0; i < count_; ++i)
                distances_[i] = distances_[i] > distance ? distances_[i] : no_box - BoxDistances{};
        }

        template <class Visit>
        void for_each_group(Visit&& visit) const {
            for (std::size_t i = 0; i < count_; ++i)
                visit(std::size_t{group_[i]}, distances_[i]);
        }

      private:
        static constexpr std::size_t room = 64;
        std::size_t count_ = 0;
        std::array<BoxDistances, room> distances_;
        std::array<std::uint32_t, room> group_;
    };

    /// Takes the nearest block that is left. False where none is near enough.
    bool find_next() {
        there_is_next_ = false;
        while (!search_.failed()) {
            Nearest const block = blocks_left_.nearest();
            if (open_as_near_as(std::min(block.distance, limit()))) continue;
            if (block.distance > limit()) break;
            next_ = blocks_left_.take(block);
            return there_is_next_ = true;
        }
        return false;
    }

    static RowRange groups_of(RowRange boxes) {
        return {boxes.first / BoxGroup::size, (boxes.last - 1) / BoxGroup::size + 1};
    }
    float limit() const { return std::min(search_.limit(), no_box / 2); }

    /// How near the boxes of a group come, of those in a range; `no_box` for others.
    BoxDistances measure(std::size_t floor, std::size_t group, RowRange boxes) const {
        BoxDistances distances;
        measure_boxes(search_.origin(), floors_[floor][group], distances);
        std::uint32_t const inside = those_of_range(group * BoxGroup::size, boxes);
        return inside == all_of_group ? distances : chosen(inside, distances, no_box);
    }
    void measure_groups(RowRange groups) {
        RowRange const above = groups_of(groups);
        for (std::size_t group = above.first; group < above.last; ++group)
            groups_left_.add(group, measure(1, group, groups));
    }
    /// Notes the blocks that are near enough, of all groups that are.
    void note_within_limit() {
        blocks_left_.for_each_group(
            [this](std::size_t group, BoxDistances const& distances) { noted_.note(group, distances, limit()); });
        groups_left_.for_each_within(
            limit(), [this](std::size_t group) { noted_.note(group, measure(0, group, blocks_), limit()); });
    }
    /// Opens the nearest group, and all that are no farther away, if it is as near as that. Whether it was.
    bool open_as_near_as(float distance) {
        if (groups_left_.empty()) return false;
        Nearest const group = groups_left_.nearest();
        if (group.distance > distance) return false;
        groups_left_.take_within(group.distance, [this](std::size_t number) {
            if (blocks_left_.is_full()) return search_.give_up();
            blocks_left_.add(number, measure(0, number, blocks_));
        });
        return true;
    }

    bool is_whole(std::size_t block) const { return whole_.first <= block && block < whole_.last; }
    void fetch(std::size_t block) const { slabs_.fetch(block, !is_whole(block)); }
    void look(std::size_t block) {
        if (is_whole(block)) return search_.look_through(block);
        if (auto const seconds = window_.seconds_since(slabs_.start[block]))
            search_.look_through(block, rows_in(slabs_.since_start[block], *seconds));
    }

    TimeSlabs const& slabs_;
    std::vector<std::vector<BoxGroup>> const& floors_;
    RowRange blocks_;
    RowRange whole_;
    TimeWindow window_;
    PlaneSearch& search_;
    Boxes groups_left_;
    Boxes blocks_left_;
    NotedBlocks noted_;
    bool there_is_next_ = false;
    std::size_t next_ = 0;
};

}  // namespace tessera::query
