#include <span>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/core/gaps.hpp"
#include "tessera/reduce/reduce.hpp"

namespace tessera::reduce {

query::RangeAnswer reduce_range(comm::Communicator const& comm, query::RangeAnswer local, std::uint64_t limit) {
    std::uint64_t const global_matched = comm::allreduce(comm, comm::Reduction::sum, local.matched);
    auto lists = comm::gather_to_root(comm, std::span<query::Match const>(local.matches));
    query::RangeAnswer global;
    for (auto& list : lists)
        global = query::merge(std::move(global), {0, std::move(list)}, limit);
    global.matched = global_matched;
    return global;
}

std::vector<query::Neighbour> reduce_nearest(comm::Communicator const& comm, std::vector<query::Neighbour> const& local,
                                             std::size_t k) {
    std::vector<query::Neighbour> global;
    for (auto const& list : comm::gather_to_root(comm, std::span<query::Neighbour const>(local)))
        global = query::merge(global, list, k);
    std::uint64_t found = global.size();
    comm::broadcast(comm, std::span<std::uint64_t>(&found, 1));
    global.resize(found);
    for (query::Neighbour& neighbour : global)
        core::clear_gaps(neighbour);
    comm::broadcast(comm, std::as_writable_bytes(std::span(global)));
    return global;
}

void reduce_pixels(comm::Communicator const& comm, std::vector<std::uint64_t>& counts) {
    comm::reduce_to_root(comm, comm::Reduction::sum, std::span(counts));
}

}  // namespace tessera::reduce
