#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/core/trip_table.hpp"
#include "tessera/tiling/plan.hpp"

namespace tessera::tiling {

/// Follows each of a rank's trips down the growing quadtree and counts them. 12 bytes a trip, no sort.
class CellCounter {
  public:
    /// Local, OpenMP. Needs the pick-up coordinates.
    explicit CellCounter(core::TripTable const& trips);

    /// Local, OpenMP. Trips in each descendant that the grower's step asks for. Shape: grower.counters().
    std::vector<std::uint64_t> count(PlanGrower const& grower) const;
    /// Local, OpenMP. Takes every trip to its place. `depth` and `level` are the grower's before it grew.
    void follow(std::span<Place const> places, unsigned depth, unsigned level);
    /// Local, OpenMP. The tile of each trip once the grower is done, as a place in the plan's order. Shape: trips.
    std::vector<std::uint32_t> tiles(std::span<std::uint32_t const> place_of_found) const;

  private:
    std::size_t descendant_of(std::size_t trip, unsigned depth, unsigned level) const;

    std::vector<std::uint64_t> key_;
    std::vector<Place> place_;
};

}  // namespace tessera::tiling
