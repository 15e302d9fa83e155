#pragma once
#include <array>
#include <vector>

#include "k_nearest.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::query {

/// Looks through blocks of an order for the k nearest trips, in two steps. First only lower and upper bounds of
/// distances are compared, which are plain products: k trips have upper bounds of at most `limit`, so that whatever has
/// a lower bound above it is not among the nearest. Of the few that are left, `take` finds the true order.
class BlockSearch {
  public:
    /// Keeps references to all. Shape: order.on is the question's end.
    BlockSearch(TripIndex const& index, RowOrder const& order, NearestQuestion const& question);

    geo::DistanceFrom const& from() const { return from_; }
    double limit() const { return limit_; }
    Looked const& looked() const { return looked_; }

    /// Local. Notes the block's matching trips that may be among the nearest.
    void look_through(std::size_t block);
    /// Local. The same for some slabs of the order, the nearest block of each first.
    void look_through_slabs(RowRange slabs);
    /// Local. The nearest of all.
    std::vector<Neighbour> take();

  private:
    using RowBounds = std::array<double, rows_a_block>;
    /// A trip that may be among the nearest, and the least that its haversine can be.
    struct Candidate {
        double least;
        std::uint32_t place;
    };
    struct Weights {
        geo::FlatBound lower;
        geo::FlatBound upper;
    };
    Weights weights_of(std::size_t block) const;
    void bound_blocks(RowRange blocks, std::vector<double>& bounds) const;
    std::vector<std::uint32_t> blocks_within_limit(RowRange blocks, std::vector<double> const& bounds) const;
    void bound_rows(RowRange places, geo::FlatBound const& weights, RowBounds& bounds) const;
    void fetch(std::size_t block) const;
    bool matches_place_and_source(std::size_t place) const;
    void note(std::size_t place, double least, geo::FlatBound const& upper);

    TripIndex const& index_;
    RowOrder const& order_;
    NearestQuestion const& question_;
    geo::DistanceFrom from_;
    Weights in_town_;
    double limit_;
    std::vector<double> most_;  ///< upper bounds of the k nearest so far, the largest on top
    std::vector<Candidate> candidates_;
    Looked looked_;
};

}  // namespace tessera::query
