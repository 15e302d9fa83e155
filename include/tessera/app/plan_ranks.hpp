#pragma once
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/query/nearest.hpp"
#include "tessera/report/plan.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::app {

/// Local. Trips of each of so many ranks.
std::vector<std::uint64_t> trips_per_rank(geo::TileTable const& tiles, int ranks);

/// Local. Nearest questions at most so many metres east or west, and north or south, of pick-ups that are drawn at
/// random: always the same ones of the same trips. None where there are no trips.
std::vector<query::NearestQuestion> questions_near_trips(core::TripTable const& trips, std::size_t count,
                                                         std::int32_t metres);

/// Local, OpenMP. How trips would be shared out at each of these numbers of ranks, and how many of so many questions
/// near trips would touch two of them. Shapes: all tiles of a store, with the columns of nearest questions.
report::RankPlans plan_ranks(geo::LoadedTiles const& loaded, geo::Box const& region, std::vector<int> const& ranks,
                             std::size_t questions);

/// Collective. The same of a store: the root reads all pick-ups to find out, and has the result.
report::RankPlans plan_ranks_of_store(comm::Communicator const& comm, std::string const& path,
                                      std::vector<int> const& ranks);

}  // namespace tessera::app
