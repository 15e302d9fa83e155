#pragma once
#include <vector>

#include "tessera/query/nearest.hpp"
#include "tessera/query/range.hpp"

namespace tessera::bench {

/// Questions near real trips, k = 10: around a random trip's end, up to some 200 m off; with a window, in the hour of
/// its pick-up. Shape: that end of some trip is known.
std::vector<query::NearestQuestion> make_near_questions(geo::LoadedTiles const& loaded, query::End on, bool with_window,
                                                        std::size_t count);
/// All trips in a box of some 500 m by 500 m around such a point, in such an hour.
std::vector<query::RangeQuestion> make_box_questions(std::vector<query::NearestQuestion> const& near, bool count_only);

}  // namespace tessera::bench
