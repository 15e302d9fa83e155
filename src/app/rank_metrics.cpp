#include "tessera/app/rank_metrics.hpp"

#include "tessera/app/resident_memory.hpp"
#include "tessera/comm/collectives.hpp"

namespace tessera::app {

std::vector<report::RankMetrics> ask_ranks(comm::Communicator const& comm, std::uint64_t my_trips) {
    auto const trips = comm::allgather(comm, my_trips);
    auto const bytes = comm::allgather(comm, resident_bytes());
    std::vector<report::RankMetrics> ranks(trips.size());
    for (std::size_t rank = 0; rank < trips.size(); ++rank)
        ranks[rank] = {trips[rank], bytes[rank], std::nullopt};
    return ranks;
}

}  // namespace tessera::app
