#pragma once
#include <cstdint>

#include "tessera/query/aggregate.hpp"
#include "tessera/query/box_tower.hpp"
#include "tessera/query/nearest.hpp"
#include "tessera/query/range.hpp"
#include "tessera/query/row_order.hpp"

namespace tessera::query {

/// Everything that makes many questions about the same trips quick: towers of boxes over the tiles, the trips in slabs
/// of time by either end, and a second order by drop-off; 61 bytes a trip, 20 where drop-offs are unknown. Each
/// question takes the way that is cheapest for it; the answers are those of the functions without an index. Keeps a
/// reference to the tiles.
class TripIndex {
  public:
    /// Local, OpenMP. Shapes: all columns are loaded, and the tiles lie side by side in the store (throws
    /// std::invalid_argument otherwise); fewer than 2^32 trips.
    explicit TripIndex(geo::LoadedTiles const& loaded);
    TripIndex(TripIndex const&) = delete;
    TripIndex& operator=(TripIndex const&) = delete;

    geo::LoadedTiles const& loaded() const { return loaded_; }
    /// By pick-ups, or by drop-offs (of the trips where they are known).
    TimeSlabs const& slabs(End on) const { return on == End::pickup ? pickup_slabs_ : dropoff_slabs_; }
    RowOrder const& dropoffs() const { return dropoffs_; }
    BoxTower const& dropoff_tower() const { return dropoff_tower_; }
    BoxTower const& pickup_tower() const { return pickup_tower_; }
    NearestIndex const& nearest_pickup() const { return nearest_pickup_; }

    /// Around all pick-ups, and half a degree more: nearly all drop-offs are in it, too.
    geo::Box const& town() const { return town_; }

    /// Place in the store of the first loaded row; the others follow it.
    std::uint64_t first_store_row() const { return loaded_.store_row.empty() ? 0 : loaded_.store_row.front(); }

  private:
    geo::LoadedTiles const& loaded_;
    TimeSlabs pickup_slabs_;
    TimeSlabs dropoff_slabs_;
    RowOrder dropoffs_;
    BoxTower pickup_tower_;
    BoxTower dropoff_tower_;  ///< over the blocks of `dropoffs_`
    NearestIndex nearest_pickup_;
    geo::Box town_;
};

// Local, OpenMP (one thread when called inside a parallel region). The answers of `NearestIndex::find`, `find_range`
// and `aggregate`; `looked` grows by what was looked at.

/// Local, OpenMP. The k nearest.
std::vector<Neighbour> find_nearest(TripIndex const& index, NearestQuestion const& question, Looked& looked);
/// Local, OpenMP. The matches.
RangeAnswer find_range(TripIndex const& index, RangeQuestion const& question, Looked& looked);
/// Local, OpenMP. The groups.
Groups aggregate(TripIndex const& index, AggregateQuestion const& question, Looked& looked);

/// Local. About how many rows the question will look at, to tell heavy questions from light ones.
std::uint64_t estimate_rows(TripIndex const& index, Filter const& filter);

}  // namespace tessera::query
