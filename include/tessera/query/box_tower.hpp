#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "tessera/geo/box.hpp"
#include "tessera/geo/great_circle.hpp"
#include "tessera/query/match.hpp"

namespace tessera::query {

/// A tower of boxes over a list of tiles' boxes: each box of a floor holds `boxes_a_box` neighbours of the floor below,
/// the ground floor being the tiles' own, the top one box. As tiles follow the Hilbert curve, neighbours in the list
/// lie close together and the boxes stay small; this is a packed Hilbert R-tree without pointers.
class BoxTower {
  public:
    static constexpr std::size_t boxes_a_box = 16;

    /// Local. Boxes may be empty: nothing is ever found in them.
    explicit BoxTower(std::vector<geo::Box> tile_boxes);

    /// The floors from the ground up, at least one.
    std::vector<std::vector<geo::Box>> const& floors() const { return floors_; }

    /// Local. Calls visit(number) for the tiles whose boxes meet a box, ascending, until it returns true; whether it
    /// did.
    template <class Visit>
    bool any_meeting(geo::Box const& box, Visit&& visit) const {
        return !floors_.back().empty() && any_meeting(box, floors_.size() - 1, 0, visit);
    }

  private:
    template <class Visit>
    bool any_meeting(geo::Box const& box, std::size_t floor, std::size_t place, Visit&& visit) const {
        geo::Box const& here = floors_[floor][place];
        if (here.empty() || !here.intersects(box)) return false;
        if (floor == 0) return visit(place);
        std::size_t const first = place * boxes_a_box;
        std::size_t const last = std::min(first + boxes_a_box, floors_[floor - 1].size());
        for (std::size_t below = first; below < last; ++below)
            if (any_meeting(box, floor - 1, below, visit)) return true;
        return false;
    }

    std::vector<std::vector<geo::Box>> floors_;
};

/// Hands out the tiles of a tower by ascending lower bound of their distance from a point, only as far as one asks.
class TileWalk {
  public:
    /// Local. Tiles whose box has no point in `inside` are left out. Keeps a reference to the tower.
    TileWalk(BoxTower const& tower, geo::DistanceFrom const& from, std::optional<geo::Box> const& inside);

    /// Local. The next tile; nothing once no tile is left whose bound is at most `most_haversine`. Tiles that are
    /// equally near come in no certain order.
    std::optional<TileBound> next(double most_haversine);

  private:
    struct Node {
        double haversine;  ///< lower bound
        std::uint32_t floor;
        std::size_t box;
        friend bool operator<(Node const& a, Node const& b) { return a.haversine > b.haversine; }  // least on top
    };
    void enter(Node const& node, double most_haversine);
    bool may_hold(geo::Box const& box) const;
    void push(Node const& node);
    Node pop();

    BoxTower const& tower_;
    geo::DistanceFrom from_;
    std::optional<geo::Box> inside_;
    std::vector<Node> heap_;
};

}  // namespace tessera::query
