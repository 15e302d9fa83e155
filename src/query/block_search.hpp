#pragma once
#include <vector>

#include "k_nearest.hpp"
#include "pick_places.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::query {

/// Looks through blocks of an order for the k nearest trips, in two steps. First only lower and upper bounds of
/// distances are compared, which are plain products: k trips have upper bounds of at most `limit`, so that whatever has
/// a lower bound above it is not among the nearest. Of the few that are left, `take` finds the true order.
class BlockSearch {
  public:
    /// Keeps references to all. Shape: order.on is the question's end.
    BlockSearch(TripIndex const& index, BlockRows const& rows, NearestQuestion const& question);

    Looked const& looked() const { return looked_; }

    /// Local. Notes the matching trips of some blocks that may be among the nearest, the nearest blocks first.
    void look_through(RowRange blocks);
    /// Local. The same for all blocks, whose boxes a tower is built of.
    void look_through_all(BoxTower const& tower);
    /// Local. The nearest of all.
    std::vector<Neighbour> take();

  private:
    /// A trip that may be among the nearest, and the least that its haversine can be.
    struct Candidate {
        double least;
        std::uint32_t row;
        geo::Point point;
    };
    struct Weights {
        geo::FlatBound lower;
        geo::FlatBound upper;
    };
    Weights weights_of(geo::Box const& box) const;
    double bound(std::size_t block) const;
    void look_through_block(std::size_t block);
    void note(Candidate const& candidate, double most);

    TripIndex const& index_;
    BlockRows rows_;
    NearestQuestion const& question_;
    geo::DistanceFrom from_;
    Weights in_town_;
    double limit_;
    std::vector<double> most_;  ///< upper bounds of the k nearest so far, the largest on top
    std::vector<Candidate> candidates_;
    Looked looked_;
};

}  // namespace tessera::query
