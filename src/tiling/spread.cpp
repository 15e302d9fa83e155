#include <algorithm>
#include <numeric>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/gaps.hpp"
#include "tessera/tiling/exchange_trips.hpp"

namespace tessera::tiling {

void spread_evenly(comm::Communicator const& comm, core::TripRows& trips) {
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
    auto receive_counts = comm::all_to_all(comm, std::span<std::uint64_t const>(send_counts));
    std::vector<core::Trip> out, in;
    comm::run_local(comm, "spreading trips", [&] {
        out = list_trips(trips);
        for (core::Trip& trip : out)
            core::clear_gaps(trip);
        trips = {};
        in.resize(std::accumulate(receive_counts.begin(), receive_counts.end(), std::uint64_t{0}));
        for (auto* const counts : {&send_counts, &receive_counts})
            for (std::uint64_t& count : *counts)
                count *= sizeof(core::Trip);
    });
    comm::exchange_bytes(comm, std::as_bytes(std::span(out)), send_counts, std::as_writable_bytes(std::span(in)),
                         receive_counts);
    comm::run_local(comm, "spreading trips", [&] {
        for (core::Trip const& trip : in) {
            trips.next() = trip;
            trips.keep();
        }
    });
}

}  // namespace tessera::tiling
