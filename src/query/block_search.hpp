#pragma once
#include <array>

#include "k_nearest.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::query {

/// Looks through blocks of an order for the k nearest trips.
class BlockSearch {
  public:
    /// Keeps references to all. Shape: order.on is the question's end.
    BlockSearch(TripIndex const& index, RowOrder const& order, NearestQuestion const& question);

    geo::DistanceFrom const& from() const { return from_; }
    double limit() const { return nearest_.limit(); }
    Looked const& looked() const { return looked_; }

    /// Local. Offers the block's matching trips.
    void look_through(std::size_t block);
    /// Local. Offers the matching trips of a slab, the nearest block first.
    void look_through_slab(std::size_t slab);
    std::vector<Neighbour> take();

  private:
    using Bounds = std::array<double, TimeSlabs::blocks_a_slab>;
    geo::FlatBound weights_of(std::size_t block) const;
    std::size_t bound_blocks(std::size_t first, std::size_t last, Bounds& bounds) const;
    void fetch(std::size_t block) const;
    bool matches(std::size_t place) const;
    void offer(std::size_t place);

    TripIndex const& index_;
    RowOrder const& order_;
    NearestQuestion const& question_;
    geo::DistanceFrom from_;
    geo::FlatBound town_weights_;
    KNearest nearest_;
    Looked looked_;
};

}  // namespace tessera::query
