#pragma once
#include <array>
#include <cstring>
#include <limits>

#include "block_kernels.hpp"
#include "pack_lanes.hpp"

namespace tessera::query {

/// Blocks that a search will look through, the nearest first, with their distances.
class NotedBlocks {
  public:
    static constexpr std::size_t room = 64;

    /// Whether there were more than there is room for: some were not noted.
    bool overflowed() const { return overflowed_; }

    /// Notes the blocks of a group that are at most as far as `limit`. To count them first takes longer than to write
    /// them where there is room for a group more.
    void note(std::size_t group, BoxDistances const& distances, float limit) {
        if (overflowed_) return;
        size_ +=
            pack<BoxGroup::size>(boxes_within(distances, limit), reinterpret_cast<float const*>(&distances),
                                 static_cast<std::uint32_t>(group * BoxGroup::size), &distance_[size_], &block_[size_]);
        overflowed_ = size_ > room;
    }

    /// Calls visit(block) for all.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (std::size_t i = 0; i < size_; ++i)
            visit(std::size_t{block_[i]});
    }

    /// The same for those at a distance of at most that.
    template <class Visit>
    void for_each_within(float distance, Visit&& visit) const {
        for (std::size_t i = 0; i < size_; ++i)
            if (distance_[i] <= distance) visit(std::size_t{block_[i]});
    }

    /// Calls look(block) for those that are at most as far as limit(), which look may lower, the nearest first; none
    /// are left. Shape: not overflowed.
    template <class Limit, class Look>
    void take_by_distance(Limit&& limit, Look&& look) {
        // Floats that are not negative stand in the order of their bits. The last six give way to the number, so that a
        // block may be left out whose distance is below the limit by less than a part in 2^17 (see
        // PlaneSearch::ceiling).
        constexpr std::int32_t number_bits = room - 1, taken = std::numeric_limits<std::int32_t>::max();
        std::size_t const vectors = (size_ + vector_lanes - 1) / vector_lanes;
        std::array<Ints, room / vector_lanes> left;
        for (std::size_t i = 0; i < vectors; ++i) {
            auto const first = static_cast<std::int32_t>(i * vector_lanes);
            Ints const numbers = lane_numbers + first;
            std::memcpy(&left[i], &distance_[i * vector_lanes], sizeof left[i]);
            left[i] = (left[i] & ~number_bits) | numbers;
            left[i] = numbers < static_cast<std::int32_t>(size_) ? left[i] : taken - Ints{};
        }
        for (; size_ > 0; --size_) {
            Ints least = left[0];
            for (std::size_t i = 1; i < vectors; ++i)
                least = left[i] < least ? left[i] : least;
            least = least_in_all(least);
            auto const nearest = static_cast<std::size_t>(least[0] & number_bits);
            if (distance_[nearest] > limit()) break;
            for (std::size_t i = 0; i < vectors; ++i)
                left[i] = left[i] == least ? taken - Ints{} : left[i];
            look(std::size_t{block_[nearest]});
        }
        size_ = 0;
    }

  private:
    std::size_t size_ = 0;
    bool overflowed_ = false;
    alignas(64) std::array<float, room + BoxGroup::size> distance_;  // a group is written as whole vectors
    std::array<std::uint32_t, room + BoxGroup::size> block_;
};

}  // namespace tessera::query
