#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "block_kernels.hpp"

namespace tessera::query {

/// Blocks that a search will look through, the nearest first, with their distances.
class NotedBlocks {
  public:
    static constexpr std::size_t room = 64;

    std::size_t size() const { return size_; }
    bool has_room_for_group() const { return size_ + BoxGroup::size <= room; }
    /// Whether more were noted than there was room for.
    bool overflowed() const { return size_ > room; }

    /// Notes the blocks of a group that are at most as far as `limit`, and calls fetch(block) for each.
    template <class Fetch>
    void note(std::size_t group, BoxDistances const& distances, float limit, Fetch&& fetch) {
        for (std::uint32_t near = boxes_within(distances, limit); near != 0; near &= near - 1) {
            auto const i = static_cast<std::size_t>(std::countr_zero(near));
            if (size_ < room) {
                distance_[size_] = distances[i];
                block_[size_] = static_cast<std::uint32_t>(group * BoxGroup::size + i);
                fetch(std::size_t{block_[size_]});
            }
            ++size_;
        }
    }

    /// Calls look(block) for those that are at most as far as limit(), which look may lower, the nearest first; none
    /// are left. Shape: not overflowed.
    template <class Limit, class Look>
    void take_by_distance(Limit&& limit, Look&& look) {
        std::size_t const vectors = (size_ + vector_lanes - 1) / vector_lanes;
        std::fill_n(distance_.begin() + static_cast<std::ptrdiff_t>(size_), vectors * vector_lanes - size_, no_box);
        std::array<BoxDistances, room / vector_lanes> left;
        std::memcpy(left.data(), distance_.data(), vectors * sizeof(BoxDistances));
        for (;;) {
            std::size_t nearest = 0;  // the vector, and then the lane
            BoxDistances least = left[0];
            for (std::size_t i = 1; i < vectors; ++i)
                least = left[i] < least ? left[i] : least;
            std::size_t const lane = lane_of_least(least);
            if (vectors == 0 || least[lane] > limit()) break;
            while (left[nearest][lane] != least[lane])
                ++nearest;
            left[nearest] = with(left[nearest], lane, no_box);
            look(std::size_t{block_[nearest * vector_lanes + lane]});
        }
        size_ = 0;
    }

  private:
    std::size_t size_ = 0;
    alignas(64) std::array<float, room> distance_;
    std::array<std::uint32_t, room> block_;
};

}  // namespace tessera::query
