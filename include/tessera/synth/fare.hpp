#pragma once
#include "tessera/synth/city.hpp"
#include "tessera/synth/random_stream.hpp"
#include "tessera/synth/tariff.hpp"
#include "tessera/synth/trip_draft.hpp"

namespace tessera::synth {

/// Local. Fills in the rate and all money of a draft whose times, distance and payment are there; `pickup` and
/// `dropoff` are where it began and ended. Tips are given on cards only; the total is the exact sum.
void charge(TripDraft& trip, Tariff const& tariff, Zone pickup, Zone dropoff, RandomStream& random);

}  // namespace tessera::synth
