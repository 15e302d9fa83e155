#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/query/map_pixels.hpp"
#include "tessera/query/map_sample.hpp"
#include "tessera/request/wire.hpp"

namespace tessera::reduce {

/// What all ranks count together for some map tiles: the pixels of the tiles, and the samples of which their scales are
/// made. The root makes it, and every rank is given the same (put_map_round, get_map_round).
struct MapRound {
    std::vector<query::MapQuestion> pictures;
    std::vector<std::uint8_t> touched;  ///< shape: pictures x ranks; 1 where the rank may have trips for it
    std::vector<query::MapSampleQuestion> samples;

    bool empty() const { return pictures.empty() && samples.empty(); }
};

/// Local. Appends a round to a message; get_map_round reads it.
void put_map_round(request::WireWriter& out, MapRound const& round);
MapRound get_map_round(request::WireReader& in);

/// What they counted.
struct MapCounts {
    std::vector<query::MapPixels> pictures;                 ///< one a picture of the round
    std::vector<std::vector<query::TalliedPixel>> samples;  ///< one a sample of the round
    query::Looked looked;                                   ///< by all ranks together
    std::chrono::nanoseconds my_work{};                     ///< that this rank's counting took
    std::string error;                                      ///< why some rank could not; the rest is undefined then
};

/// Collective. Counts what the round asks for, and adds up over the ranks on the root; elsewhere the result is
/// undefined. One message from each rank that may have trips for it, for the whole round. A rank that fails (out of
/// memory) says so in `error`. Shape: the round is the same on every rank.
MapCounts count_maps(comm::Communicator const& comm, query::TripIndex const& index, MapRound const& round);

}  // namespace tessera::reduce
