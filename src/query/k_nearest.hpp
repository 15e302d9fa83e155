#pragma once
#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "tessera/geo/great_circle.hpp"
#include "tessera/query/match.hpp"
#include "tessera/query/nearest.hpp"

namespace tessera::query {

/// Local. Above it, nothing is within the question's radius, however metres are rounded (see KNearest).
inline double ceiling_of(NearestQuestion const& question) {
    return question.within_metres ? geo::haversine_of(*question.within_metres)
                                  : std::numeric_limits<double>::infinity();
}

/// Keeps the k nearest of the trips that it is offered, by (metres, file, line).
///
/// Why no tie is lost although pruning compares haversines and the order compares metres. Square root and arc sine can
/// round two neighbouring haversines to the same metres, and may even swap them, but only where they differ by a few
/// parts in 1e-16. `limit` is the haversine h of the k-th; whoever prunes does so where h < (1 - 1e-12) h', h' being
/// the haversine of what is pruned (geo's lower bounds carry that slack, `offer` adds it itself). Then sin(d/2R)
/// differs by 5 parts in 1e-13, the arc sine at least as much because its slope is at least 1, and a rounding error of
/// 4 parts in 1e-16 cannot make up for it: the metres are greater, not equal, and so file and line do not matter.
class KNearest {
  public:
    /// Keeps a reference to the trips.
    KNearest(core::TripTable const& trips, NearestQuestion const& question)
        : trips_(trips),
          k_(question.k),
          limit_(ceiling_of(question)),
          within_metres_(question.within_metres.value_or(std::numeric_limits<double>::infinity())) {}

    /// A trip with a lower bound above this is not wanted.
    double limit() const { return limit_; }

    /// Lowers the limit to what is known of it.
    void limit_to(double haversine) { limit_ = std::min(limit_, haversine); }

    /// Takes the trip of a row if it is wanted.
    void offer(double haversine, std::size_t row) {
        if (haversine * (1 - 1e-12) > limit_) return;
        double const metres = geo::metres_of(haversine);
        if (metres > within_metres_) return;
        Entry const entry{metres, haversine, row};
        auto const nearer = [this](Entry const& a, Entry const& b) { return is_nearer(a, b); };
        if (heap_.size() == k_) {
            if (!is_nearer(entry, heap_.front())) return;
            std::pop_heap(heap_.begin(), heap_.end(), nearer);
            heap_.pop_back();
        }
        heap_.push_back(entry);
        std::push_heap(heap_.begin(), heap_.end(), nearer);
        if (heap_.size() == k_) limit_to(heap_.front().haversine);
    }

    /// What was kept, in order. `store_row_of(row)` is a row's place in the store.
    template <class StoreRowOf>
    std::vector<Neighbour> take(StoreRowOf&& store_row_of) {
        std::sort_heap(heap_.begin(), heap_.end(), [this](Entry const& a, Entry const& b) { return is_nearer(a, b); });
        std::vector<Neighbour> neighbours;
        neighbours.reserve(heap_.size());
        for (Entry const& entry : heap_)
            neighbours.push_back(
                {entry.metres, trips_.line[entry.row], trips_.file[entry.row], store_row_of(entry.row)});
        heap_.clear();
        return neighbours;
    }

  private:
    struct Entry {
        double metres;
        double haversine;
        std::size_t row;
    };
    /// File and line lie far away in memory, and are looked at only where metres are equal.
    bool is_nearer(Entry const& a, Entry const& b) const {
        if (a.metres != b.metres) return a.metres < b.metres;
        return std::tie(trips_.file[a.row], trips_.line[a.row]) < std::tie(trips_.file[b.row], trips_.line[b.row]);
    }

    core::TripTable const& trips_;
    std::size_t k_;
    double limit_;
    double within_metres_;
    std::vector<Entry> heap_;  ///< the farthest on top
};

}  // namespace tessera::query
