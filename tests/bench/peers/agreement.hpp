#pragma once
#include "contestant.hpp"

namespace tessera::bench {

/// The share of the questions of which both found the same: as many rows, and for the nearest each as far (by the great
/// circle, within a centimetre and the half percent that the plane is off), for a list the same rows.
double share_that_agrees(geo::LoadedTiles const& loaded, Questions const& questions, Contestant const& ours,
                         Contestant const& theirs);

}  // namespace tessera::bench
