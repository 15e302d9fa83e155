#pragma once
#include <vector>

#include "plane.hpp"
#include "tessera/query/nearest.hpp"
#include "tessera/query/range.hpp"

namespace tessera::bench {

enum class Task : std::uint8_t { nearest, nearest_in_an_hour, count, rows };
enum class Order : std::uint8_t { unsorted, along_the_curve };

/// A question in the peers' words: metres on the plane, seconds since the first trip. Closed but for `to`.
struct PlaneQuestion {
    float x, y;
    float west, south, east, north;
    std::uint32_t from, to;
};

/// The same questions in our words and in the peers'.
struct Questions {
    static constexpr std::size_t k = 10;
    Task task;
    std::vector<query::NearestQuestion> nearest;
    std::vector<query::RangeQuestion> range;  ///< of the tasks `count` and `rows`
    std::vector<PlaneQuestion> plane;

    std::size_t size() const { return plane.size(); }
};

/// Questions near trips: around a random trip's end, up to some 200 m off; a window is the hour of its pick-up, a box
/// is 500 m by 500 m.
Questions make_questions(geo::LoadedTiles const& loaded, PlaneTrips const& trips, Task task, Order order,
                         std::size_t count);

}  // namespace tessera::bench
