#include <algorithm>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/tiling/exchange_trips.hpp"

namespace tessera::tiling {

void spread_evenly(comm::Communicator const& comm, core::TripTable& trips) {
    auto const sizes = comm::allgather(comm, std::uint64_t{trips.size()});
    std::uint64_t total = 0, before = 0, most = 0;
    for (std::size_t r = 0; r < sizes.size(); ++r) {
        if (static_cast<int>(r) < comm.rank()) before += sizes[r];
        total += sizes[r];
        most = std::max(most, sizes[r]);
    }
    auto const ranks = static_cast<std::uint64_t>(comm.size());
    if (most * ranks <= total + total / 4 + ranks) return;

    // Rank r gets the trips [start(r), start(r + 1)) of all ranks' trips one after the other.
    auto const start = [&](std::uint64_t r) { return total / ranks * r + total % ranks * r / ranks; };
    std::vector<std::uint64_t> send_counts;
    for (std::uint64_t r = 0; r < ranks; ++r) {
        std::uint64_t const from = std::max(start(r), before), to = std::min(start(r + 1), before + trips.size());
        send_counts.push_back(to > from ? to - from : 0);
    }
    auto const receive_counts = comm::all_to_all(comm, std::span<std::uint64_t const>(send_counts));
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        std::vector<T>& column = trips.*place.in_table;
        column = comm::exchange(comm, std::span<T const>(column), send_counts, receive_counts);
    });
}

}  // namespace tessera::tiling
