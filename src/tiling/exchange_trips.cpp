#include "tessera/tiling/exchange_trips.hpp"

#include <algorithm>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/tiling/order.hpp"

namespace tessera::tiling {

Traffic exchange_trips(comm::Communicator const& comm, core::TripTable& trips, std::vector<std::uint32_t>& tile,
                       std::span<std::size_t const> cuts) {
    if (comm.size() == 1) return {};
    auto const ranks = static_cast<std::size_t>(comm.size());
    std::vector<std::uint32_t> rank_of_tile(cuts.back());
    for (std::size_t r = 0; r < ranks; ++r)
        std::fill(rank_of_tile.begin() + static_cast<std::ptrdiff_t>(cuts[r]),
                  rank_of_tile.begin() + static_cast<std::ptrdiff_t>(cuts[r + 1]), static_cast<std::uint32_t>(r));
    Grouping const by_rank = comm::run_local(comm, "exchanging trips", [&] {
        std::vector<std::uint32_t> rank_of_trip(tile.size());
#pragma omp parallel for schedule(static)
        for (std::size_t i = 0; i < tile.size(); ++i)
            rank_of_trip[i] = rank_of_tile[tile[i]];
        return group(rank_of_trip, ranks);
    });
    std::vector<std::uint64_t> send_counts(ranks);
    for (std::size_t r = 0; r < ranks; ++r)
        send_counts[r] = by_rank.first[r + 1] - by_rank.first[r];
    auto const receive_counts = comm::all_to_all(comm, std::span<std::uint64_t const>(send_counts));

    Traffic traffic;
    auto const bring = [&]<class T>(std::vector<T>& column) {
        std::vector<T> sorted = gather(column, by_rank.order);
        std::vector<T>().swap(column);
        column = comm::exchange(comm, std::span<T const>(sorted), send_counts, receive_counts);
        std::uint64_t const mine = send_counts[static_cast<std::size_t>(comm.rank())];
        traffic.bytes_sent += (sorted.size() - mine) * sizeof(T);
        ++traffic.rounds;
    };
    bring(tile);
    core::for_each_column([&](auto const& place) { bring(trips.*place.in_table); });
    return traffic;
}

}  // namespace tessera::tiling
