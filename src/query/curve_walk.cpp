#include "curve_walk.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

/// Walks the blocks of a curve for a search that begins where the question's place is on the curve: the nearest block
/// of that group gives a limit, and all other boxes are compared with it, from the group up. Quicker than to begin at
/// the top (BlockWalk), where each step waits for the nearest box of the one before; but good only where the group is
/// near the place.
class CurveWalk {
  public:
    /// Keeps references to both.
    CurveWalk(RowOrder const& order, PlaneSearch& search)
        : order_(order), floors_(order.box.floors()), search_(search) {}

    /// Local. Calls look(block) for all blocks that may hold what is wanted, beginning in a group of the ground floor.
    /// False where the search must begin anew in another way.
    template <class Look>
    bool walk(std::size_t group, Look&& look) {
        BoxDistances distances;
        measure_boxes(search_.origin(), floors_[0][group], distances);
        while (search_.limit() == nothing_yet) {
            std::size_t const nearest = lane_of_least(distances);
            if (distances[nearest] >= no_box) return false;
            distances = with(distances, nearest, no_box);
            look(group * BoxGroup::size + nearest);
        }
        note_blocks(group, distances);
        if (stays_in(order_.vicinity[group].box))
            find_others_around(group);
        else
            find_others(group);
        if (count_ > room) return false;
        look_by_distance(look);
        return !search_.failed();
    }

  private:
    static constexpr std::size_t room = 64;
    struct Opened {
        std::uint32_t floor;
        std::uint32_t group;
    };

    /// Notes the blocks of a group that are near enough.
    void note_blocks(std::size_t group, BoxDistances const& distances) {
        for (std::uint32_t near = boxes_within(distances, search_.limit()); near != 0; near &= near - 1) {
            auto const i = static_cast<std::size_t>(std::countr_zero(near));
            if (count_ < room) {
                distance_[count_] = distances[i];
                block_[count_] = static_cast<std::uint32_t>(group * BoxGroup::size + i);
                order_.fetch(block_[count_]);
            }
            ++count_;
        }
    }

    /// Looks through the noted blocks, the nearest first.
    template <class Look>
    void look_by_distance(Look&& look) {
        std::size_t const rest = (vector_lanes - count_ % vector_lanes) % vector_lanes;
        std::fill_n(distance_.begin() + static_cast<std::ptrdiff_t>(count_), rest, no_box);
        for (std::size_t first = 0; first < count_; first += vector_lanes) {
            BoxDistances distances;
            std::memcpy(&distances, distance_.data() + first, sizeof distances);
            for (;;) {
                std::size_t const nearest = lane_of_least(distances);
                if (distances[nearest] > search_.limit()) break;
                distances = with(distances, nearest, no_box);
                look(std::size_t{block_[first + nearest]});
            }
        }
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
        for (std::uint32_t const above : order_.vicinity[group].group) {
            if (above == Vicinity::none) break;
            measure_boxes(search_.origin(), floors_[1][above], distances);
            std::uint32_t near = boxes_within(distances, search_.limit());
            if (above == group / BoxGroup::size) near &= ~(1U << group % BoxGroup::size);
            for (; near != 0; near &= near - 1) {
                std::size_t const other = above * BoxGroup::size + static_cast<std::size_t>(std::countr_zero(near));
                measure_boxes(search_.origin(), floors_[0][other], distances);
                note_blocks(other, distances);
            }
        }
    }

    /// Notes the blocks that are near enough of all groups but one, which is where one begins: on each floor up from
    /// it, the groups beside it are looked into.
    void find_others(std::size_t group) {
        for (std::size_t floor = 1; floor < floors_.size(); ++floor) {
            std::size_t const above = group / BoxGroup::size;
            open(floor, above, ~(1U << group % BoxGroup::size));
            group = above;
            while (opened_ > 0 && count_ <= room) {
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
    PlaneSearch& search_;
    std::size_t count_ = 0;  ///< of the blocks; one more than there is room for, where there were too many
    alignas(64) std::array<float, room> distance_;
    std::array<std::uint32_t, room> block_;
    std::size_t opened_ = 0;
    std::array<Opened, 8 * BoxGroup::size> list_;  ///< at most 15 of each floor wait, and there are at most 7 floors
};

}  // namespace

TESSERA_WIDE_WHOLE
bool walk_curve(RowOrder const& order, std::size_t group, PlaneSearch& search) {
    return CurveWalk(order, search).walk(group, [&](std::size_t block) { search.look_through(block); });
}

std::size_t group_at(RowOrder const& order, std::uint64_t key, std::size_t from) {
    std::vector<std::uint64_t> const& keys = order.group_key;
    // From there on in steps that grow, and then in the last of them.
    std::size_t low = keys[from] <= key ? from : 0, high = low + 1;
    for (std::size_t step = 1; high < keys.size() && keys[high] <= key; step *= 2) {
        low = high;
        high += step;
    }
    high = std::min(high, keys.size());
    auto const begin = keys.begin() + static_cast<std::ptrdiff_t>(low);
    auto const after = std::upper_bound(begin + 1, keys.begin() + static_cast<std::ptrdiff_t>(high), key);
    return static_cast<std::size_t>(after - keys.begin()) - 1;
}

}  // namespace tessera::query
