#pragma once
#include <vector>

#include "tessera/query/nearest.hpp"
#include "tessera/query/range.hpp"

namespace tessera::bench {

/// Questions near real trips of `loaded_store()`, k = 10: around a random trip's end, some hundred metres off; with a
/// window, in the hour of its pick-up.
std::vector<query::NearestQuestion> make_near_questions(query::End on, bool with_window);
/// The trips in a box of some 500 m by 500 m around such a point, in such an hour.
std::vector<query::RangeQuestion> make_box_questions(bool count_only);

}  // namespace tessera::bench
