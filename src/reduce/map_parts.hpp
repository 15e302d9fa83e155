#pragma once
#include "tessera/reduce/maps.hpp"

namespace tessera::reduce {

/// Local, OpenMP. What this rank has to say to a round. Never throws: a failure is an error in it.
MapCounts count_map_parts(query::TripIndex const& index, MapRound const& round, std::size_t ranks,
                          std::size_t me) noexcept;

/// Local. Appends what rank `me` counted: pixels one by one where few hold anything.
void put_map_counts(request::WireWriter& out, MapRound const& round, MapCounts const& counts, std::size_t ranks,
                    std::size_t me);
/// Local. Adds what rank `from` has sent.
void add_map_counts(request::WireReader& in, MapRound const& round, std::size_t ranks, std::size_t from,
                    MapCounts& counts);

}  // namespace tessera::reduce
