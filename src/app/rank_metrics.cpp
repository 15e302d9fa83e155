#include "tessera/app/rank_metrics.hpp"

#include <span>

#include "tessera/app/memory_need.hpp"
#include "tessera/app/resident_memory.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/machine/facts.hpp"

namespace tessera::app {
namespace {

std::uint64_t bytes_of(core::ColumnSet columns, std::uint64_t trips) {
    std::uint64_t bytes = 0;
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        if (columns.has(place.id)) bytes += sizeof(T) * trips;
    });
    return bytes;
}

}  // namespace

std::vector<report::RankMetrics> ask_ranks(comm::Communicator const& comm, std::uint64_t my_trips) {
    auto const trips = comm::allgather(comm, my_trips);
    auto const bytes = comm::allgather(comm, resident_bytes());
    std::vector<report::RankMetrics> ranks(trips.size());
    for (std::size_t rank = 0; rank < trips.size(); ++rank)
        ranks[rank] = {trips[rank], bytes[rank], std::nullopt};
    return ranks;
}

void ask_memory_limits(comm::Communicator const& comm, std::vector<report::RankMetrics>& ranks) {
    auto const limits =
        comm::allgather(comm, share_of_memory(comm, find_memory_limit(), machine::read_facts().memory_bytes));
    for (std::size_t rank = 0; rank < limits.size(); ++rank)
        if (limits[rank] > 0) ranks[rank].memory_limit_bytes = limits[rank];
}

report::ReadMetrics sum_read(comm::Communicator const& comm, geo::LoadedTiles const& loaded, core::ColumnSet columns) {
    report::ReadMetrics read;
    for (core::Source const source : loaded.trips.source) {
        auto const place = static_cast<std::size_t>(source) - static_cast<std::size_t>(core::all_sources[0]);
        if (place < read.trips.size()) ++read.trips[place];
    }
    comm::allreduce(comm, comm::Reduction::sum, std::span<std::uint64_t>(read.trips));
    read.bytes = comm::allreduce(comm, comm::Reduction::sum, bytes_of(columns, geo::trip_count(loaded.tiles)));
    return read;
}

}  // namespace tessera::app
