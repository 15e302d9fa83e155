#pragma once
#include <gtest/gtest.h>
#include <omp.h>

#include <optional>
#include <vector>

#include "random_tiles.hpp"
#include "tessera/query/aggregate.hpp"
#include "tessera/query/filter.hpp"

namespace tessera::query::testing {

/// Local. A trip's end as a point.
geo::Point point_of(core::Trip const& trip, End on);
/// Local. What a field is worth in a trip; nothing where it is not known.
std::optional<std::int64_t> field_of(core::Trip const& trip, Field field);

/// Local. Whether a trip matches, word for word as Filter says.
bool matches(Filter const& filter, core::Trip const& trip);
/// Local. The trips that match, by looking at each of them.
std::vector<StoredTrip> matching_trips(geo::LoadedTiles const& loaded, Filter const& filter);

/// Local. A filter with some of its words given. Times and corners are often those of a trip, so that trips lie on the
/// edges of windows and boxes. Shape: at least one trip.
Filter make_filter(Random& random, std::vector<StoredTrip> const& trips);

/// Local. Calls `work()` with 1, 2 and 4 threads, and says in a failure how many there were.
template <class Work>
void with_thread_counts(Work&& work) {
    int const before = omp_get_max_threads();
    for (int const threads : {1, 2, 4}) {
        SCOPED_TRACE(::testing::Message() << threads << " threads");
        omp_set_num_threads(threads);
        work();
    }
    omp_set_num_threads(before);
}

}  // namespace tessera::query::testing
