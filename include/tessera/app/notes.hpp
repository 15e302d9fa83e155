#pragma once
#include <cstdint>
#include <string>

#include "tessera/query/filter.hpp"

namespace tessera::app {

// Notes on standard error: what is answered is right, but perhaps not what was meant. Rank 0 speaks.

/// Local. Says so where the box, or the point, has nothing to do with the region that pick-ups were kept in: longitude
/// and latitude exchanged are the usual reason.
void note_far_place(bool is_root, query::Filter const& filter, geo::Box const& region);
void note_far_place(bool is_root, geo::Point at, geo::Box const& region);

/// Local. Says so where a run that was killed has left half a store of that name.
void note_left_over(bool is_root, std::string const& store);

/// Local. Says so where matches are not listed.
void note_cut_list(bool is_root, std::uint64_t listed, std::uint64_t matched);

}  // namespace tessera::app
