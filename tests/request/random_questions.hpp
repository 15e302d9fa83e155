#pragma once
#include "query/oracle.hpp"
#include "tessera/request/request.hpp"

namespace tessera::request::testing {

using query::testing::cut_out;
using query::testing::one_in;
using query::testing::pick;
using query::testing::Random;
using query::testing::stored_trips;
using query::testing::StoredTrip;
using query::testing::TripMix;

/// Local. A mix of trips: in the city or everywhere, with many equal places or times or few.
TripMix make_mix(Random& random, std::size_t most_trips);

/// Local. A question of any operation about such trips, with some of its words given: about short windows and long
/// ones, near them and far away, for a few rows and for more than there are.
Question make_question(Random& random, std::vector<StoredTrip> const& trips);

/// Local. A nearest question, as above.
query::NearestQuestion make_nearest(Random& random, std::vector<StoredTrip> const& trips);

/// Local. How `runs` ranks own so many tiles: any cuts, so that some runs are empty.
std::vector<std::size_t> make_cuts(Random& random, std::size_t tiles, std::size_t runs);

}  // namespace tessera::request::testing
