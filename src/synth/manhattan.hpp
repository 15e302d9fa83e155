#pragma once
#include "tessera/synth/random_stream.hpp"

namespace tessera::synth {

/// Metres from Fifth Avenue and 42nd Street: up the avenues, and along the streets towards the East River.
struct GridPlace {
    double up;
    double east;
};

/// Local. Whether a place is on Manhattan (its shores as broken lines) and not in Central Park.
bool is_built_manhattan(GridPlace place);

/// Local. The nearest place on an avenue or on a street, whichever the dice say, some metres off as satellite fixes
/// are. Below 14th Street, where the streets have names, a narrower grid stands for them.
GridPlace snap_to_manhattan(GridPlace place, RandomStream& random);

}  // namespace tessera::synth
