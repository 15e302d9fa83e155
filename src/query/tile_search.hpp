#pragma once
#include <cstddef>
#include <vector>

#include "k_nearest.hpp"
#include "row_block.hpp"
#include "tessera/query/nearest.hpp"

namespace tessera::query {

/// Looks through tiles for the k nearest trips, one tile after the other.
class TileSearch {
  public:
    /// Keeps references to all.
    TileSearch(geo::LoadedTiles const& loaded, NearestQuestion const& question);
    /// Local. Nothing beyond that haversine is wanted.
    void limit_to(double haversine) { nearest_.limit_to(haversine); }

    geo::DistanceFrom const& from() const { return from_; }
    double limit() const { return nearest_.limit(); }
    Looked const& looked() const { return looked_; }

    /// Local. Offers the tile's matching trips to the k nearest.
    void look_through(std::size_t tile);
    std::vector<Neighbour> take();

  private:
    void bound_rows(geo::FlatBound const& weights, std::size_t first, std::size_t size, PerRow<double>& bounds) const;
    void offer(std::size_t row);
    std::uint64_t store_row_of(std::size_t row) const;

    geo::LoadedTiles const& loaded_;
    NearestQuestion const& question_;
    std::vector<core::Angle> const& lon_;
    std::vector<core::Angle> const& lat_;
    geo::DistanceFrom from_;
    KNearest nearest_;
    Looked looked_;
};

}  // namespace tessera::query
