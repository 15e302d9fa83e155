#pragma once
#include "tessera/geo/box.hpp"
#include "tessera/synth/random_stream.hpp"
#include "tessera/synth/request_draft.hpp"

namespace tessera::synth {

// What only one operation has, about a place; boxes are cut off at the region's edge.

/// Local. Fills in `at`, `k`, `within_metres`, and at times a box.
void fill_nearest(RequestDraft& request, RandomStream& random, geo::Point place, geo::Box const& region);
/// Local. Fills in `box` and `limit`.
void fill_range(RequestDraft& request, RandomStream& random, geo::Point place, geo::Box const& region);
/// Local. Fills in keys, measures, and a box except where it asks about the whole city: not without a window, which
/// bounds the work.
void fill_aggregate(RequestDraft& request, RandomStream& random, geo::Point place, geo::Box const& region);

}  // namespace tessera::synth
