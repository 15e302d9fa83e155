#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>

#include "tessera/query/aggregate.hpp"
#include "tessera/query/box_tower.hpp"
#include "tessera/query/nearest.hpp"
#include "tessera/query/range.hpp"
#include "tessera/query/time_slabs.hpp"

namespace tessera::query {

/// Everything that makes many questions about the same trips quick: the trips along the curve of their pick-ups, and
/// in slabs of time; and each of these by drop-off, once a question asks for it. 19 bytes a trip by pick-up, and as
/// much again by drop-off where some ask with a window and some without. Each question takes the way that is cheapest
/// for it; the answers are those of the functions without an index. Keeps a reference to the tiles.
class TripIndex {
  public:
    /// Local, OpenMP. Shapes: all columns are loaded, and the tiles lie side by side in the store (throws
    /// std::invalid_argument otherwise); fewer than 2^32 trips.
    explicit TripIndex(geo::LoadedTiles const& loaded);
    TripIndex(TripIndex const&) = delete;
    TripIndex& operator=(TripIndex const&) = delete;

    /// Local, OpenMP. Makes what a question with such a filter needs, if it is not there yet. All others make it as
    /// well, but in one thread where they are called by many.
    void prepare_for(Filter const& filter) const;

    geo::LoadedTiles const& loaded() const { return loaded_; }
    /// By pick-ups, or by drop-offs (of the trips where they are known).
    RowOrder const& curve(End on) const { return on == End::pickup ? pickups_ : dropoffs(); }
    TimeSlabs const& slabs(End on) const { return on == End::pickup ? pickup_slabs_ : dropoff_slabs(); }
    BoxTower const& dropoff_tower() const;
    BoxTower const& pickup_tower() const { return pickup_tower_; }
    NearestIndex const& nearest_pickup() const { return nearest_pickup_; }

    /// Around all pick-ups, and half a degree more: nearly all drop-offs are in it, too.
    geo::Box const& town() const { return town_; }

    /// Place in the store of the first loaded row; the others follow it.
    std::uint64_t first_store_row() const { return loaded_.store_row.empty() ? 0 : loaded_.store_row.front(); }

  private:
    /// What is made when it is first wanted.
    template <class T>
    class Late {
      public:
        template <class Make>
        T const& get(Make&& make) {
            std::call_once(made_, [&] { value_ = std::make_unique<T const>(make()); });
            return *value_;
        }

      private:
        std::once_flag made_;
        std::unique_ptr<T const> value_;
    };
    RowOrder const& dropoffs() const;
    TimeSlabs const& dropoff_slabs() const;

    geo::LoadedTiles const& loaded_;
    RowOrder pickups_;
    TimeSlabs pickup_slabs_;
    mutable Late<RowOrder> dropoffs_;
    mutable Late<TimeSlabs> dropoff_slabs_;
    mutable Late<BoxTower> dropoff_tower_;  ///< over the blocks of the curve
    BoxTower pickup_tower_;
    NearestIndex nearest_pickup_;
    geo::Box town_;
};

// Local, OpenMP (one thread when called inside a parallel region). The answers of `NearestIndex::find`, `find_range`
// and `aggregate`; `looked` grows by what was looked at.

/// Local, OpenMP. The k nearest.
std::vector<Neighbour> find_nearest(TripIndex const& index, NearestQuestion const& question, Looked& looked);
/// Local. Whether it pays to answer the question together with others like it: few neighbours, of any time or of
/// a day at most.
bool is_quick(NearestQuestion const& question);
/// Takes the answer to one of many questions, by its number, and what was looked at for it.
using TakeNearest = std::function<void(std::size_t number, std::vector<Neighbour> const&, Looked const&)>;
/// Local, OpenMP. The k nearest of each of many questions, by hour and along the curve, so that what one question looks
/// at is still at hand for the next. `take` is called for each, in any order, and by several threads at once.
void find_nearest_of_each(TripIndex const& index, std::span<NearestQuestion const* const> questions,
                          TakeNearest const& take);
/// Local, OpenMP. The matches.
RangeAnswer find_range(TripIndex const& index, RangeQuestion const& question, Looked& looked);
/// Local, OpenMP. The groups.
Groups aggregate(TripIndex const& index, AggregateQuestion const& question, Looked& looked);

/// Local. About how many rows the question will look at, to tell heavy questions from light ones.
std::uint64_t estimate_rows(TripIndex const& index, Filter const& filter);

}  // namespace tessera::query
