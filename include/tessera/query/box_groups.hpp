#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tessera/core/ask_memory.hpp"
#include "tessera/geo/box.hpp"

namespace tessera::query {

/// Sixteen boxes, each edge side by side, so that a few vector instructions look at all of them. Edges are kept in half
/// units, rounded outward: the difference of any two fits into 32 bits. Places without a box are beyond the pole, far
/// from everything.
struct alignas(64) BoxGroup {
    static constexpr std::size_t size = 16;
    static constexpr std::int32_t nowhere = 1'100'000'000;  ///< latitude, half units
    using Edges = std::array<std::int32_t, size>;

    Edges west{};
    Edges south = all(nowhere);
    Edges east{};
    Edges north = all(nowhere);

    bool has(std::size_t i) const { return south[i] != nowhere; }
    /// Local. Puts a box, which is not empty, in a place.
    void put(std::size_t i, geo::Box const& box);
    /// Local. The box of a place, at most one unit larger on each side. Shape: there is one.
    geo::Box box(std::size_t i) const { return {2 * west[i], 2 * south[i], 2 * east[i], 2 * north[i]}; }
    /// Local. Around all boxes; empty where there is none.
    geo::Box around() const;

  private:
    static constexpr Edges all(std::int32_t value) {
        Edges edges{};
        edges.fill(value);
        return edges;
    }
};

/// A list of boxes in groups, and floors of boxes around groups above them, up to a single group: a packed Hilbert
/// R-tree without pointers, where the list follows the curve. Box i of floor f + 1 is around group i of floor f.
class BoxGroups {
  public:
    BoxGroups() = default;
    /// Local. Shape: no box is empty.
    explicit BoxGroups(std::vector<geo::Box> const& boxes);

    std::size_t size() const { return size_; }
    /// The floors from the ground up; at least one, and the last holds one group, unless there are no boxes.
    std::vector<std::vector<BoxGroup>> const& floors() const { return floors_; }
    geo::Box box(std::size_t i) const { return floors_[0][i / BoxGroup::size].box(i % BoxGroup::size); }

    /// Asks memory for a group of a floor.
    void fetch(std::size_t floor, std::size_t group) const {
        BoxGroup const& wanted = floors_[floor][group];
        core::ask_memory(&wanted.west);
        core::ask_memory(&wanted.south);
        core::ask_memory(&wanted.east);
        core::ask_memory(&wanted.north);
    }

    /// Local. Calls visit(number) for the boxes that meet a box, ascending.
    template <class Visit>
    void for_each_meeting(geo::Box const& box, Visit&& visit) const {
        if (size_ > 0) visit_meeting(box, floors_.size() - 1, 0, visit);
    }

  private:
    template <class Visit>
    void visit_meeting(geo::Box const& box, std::size_t floor, std::size_t group, Visit&& visit) const {
        BoxGroup const& here = floors_[floor][group];
        for (std::size_t i = 0; i < BoxGroup::size && here.has(i); ++i) {
            if (!here.box(i).intersects(box)) continue;
            std::size_t const number = group * BoxGroup::size + i;
            if (floor == 0)
                visit(number);
            else
                visit_meeting(box, floor - 1, number, visit);
        }
    }

    std::size_t size_ = 0;
    std::vector<std::vector<BoxGroup>> floors_;
};

}  // namespace tessera::query
