#pragma once
#include "curve_walk.hpp"
#include "slab_walk.hpp"

namespace tessera::query {

// The steps of walks, each made as a whole for every kind of processor (TESSERA_WIDE_WHOLE).

void begin(CurveWalk& walk);
void begin(SlabWalk& walk);
void look_at_first(CurveWalk& walk);
void look_at_first(SlabWalk& walk);
void look_at_rest(CurveWalk& walk);
void look_at_rest(SlabWalk& walk);

/// Local. All of them.
template <class Walk>
void walk_through(Walk&& walk) {
    begin(walk);
    look_at_first(walk);
    look_at_rest(walk);
}

}  // namespace tessera::query
