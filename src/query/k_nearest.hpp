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
    /// Nothing beyond `ceiling`, a haversine, is wanted (whoever needs an exact closed limit gives `within_metres`).
    KNearest(std::size_t k, double ceiling, std::optional<double> within_metres)
        : k_(k), limit_(ceiling), within_metres_(within_metres.value_or(std::numeric_limits<double>::infinity())) {}

    /// A trip with a lower bound above this is not wanted.
    double limit() const { return limit_; }

    /// Takes the trip of `make_neighbour(metres)` if it is wanted.
    template <class MakeNeighbour>
    void offer(double haversine, MakeNeighbour&& make_neighbour) {
        if (haversine * (1 - 1e-12) > limit_) return;
        double const metres = geo::metres_of(haversine);
        if (metres > within_metres_) return;
        Entry const entry{make_neighbour(metres), haversine};
        if (heap_.size() == k_) {
            if (!(entry < heap_.front())) return;
            std::pop_heap(heap_.begin(), heap_.end());
            heap_.pop_back();
        }
        heap_.push_back(entry);
        std::push_heap(heap_.begin(), heap_.end());
        if (heap_.size() == k_) limit_ = heap_.front().haversine;
    }

    /// What was kept, in order.
    std::vector<Neighbour> take() {
        std::sort_heap(heap_.begin(), heap_.end());
        std::vector<Neighbour> neighbours;
        neighbours.reserve(heap_.size());
        for (Entry const& entry : heap_)
            neighbours.push_back(entry.neighbour);
        heap_.clear();
        return neighbours;
    }

  private:
    struct Entry {
        Neighbour neighbour;
        double haversine;
        friend bool operator<(Entry const& a, Entry const& b) { return a.neighbour < b.neighbour; }
    };

    std::size_t k_;
    double limit_;
    double within_metres_;
    std::vector<Entry> heap_;  ///< the farthest on top
};

}  // namespace tessera::query
