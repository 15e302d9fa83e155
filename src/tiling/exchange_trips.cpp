#include "tessera/tiling/exchange_trips.hpp"

#include <algorithm>
#include <numeric>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/exception_keeper.hpp"
#include "tessera/core/gaps.hpp"

namespace tessera::tiling {
namespace {

/// How far ahead rows are called for: they lie anywhere in memory.
constexpr std::size_t ahead = 48;

/// How many of `counts` rows each goes along in round `round` of at most `quota` each.
std::vector<std::uint64_t> cut_round(std::span<std::uint64_t const> counts, std::uint64_t round, std::uint64_t quota) {
    std::vector<std::uint64_t> cut;
    for (std::uint64_t const count : counts)
        cut.push_back(std::min(quota, count - std::min(count, round * quota)));
    return cut;
}

std::vector<std::uint64_t> in_bytes(std::vector<std::uint64_t> counts) {
    for (std::uint64_t& count : counts)
        count *= sizeof(core::Trip);
    return counts;
}

std::uint64_t sum_of(std::vector<std::uint64_t> const& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

/// The trips of one round on their way, and the rows that they left and took.
struct Shipment {
    std::vector<core::Trip> trips;
    std::vector<core::TripRows::Number> rows;
};

/// Local, OpenMP. Copies out what goes in a round.
void pack(core::TripRows const& trips, std::span<KeyedRow const> rows, std::span<std::uint64_t const> parts,
          std::vector<std::uint64_t> const& counts, std::uint64_t done, Shipment& out) {
    out.rows.clear();
    for (std::size_t r = 0; r < counts.size(); ++r)
        for (std::uint64_t i = 0; i < counts[r]; ++i)
            out.rows.push_back(rows[parts[r] + done + i].row);
    out.trips.resize(out.rows.size());
#pragma omp parallel for schedule(static)
    for (std::size_t i = 0; i < out.rows.size(); ++i) {
        if (i + ahead < out.rows.size()) __builtin_prefetch(&trips.but_for_line(out.rows[i + ahead]));
        out.trips[i] = trips[out.rows[i]];
        core::clear_gaps(out.trips[i]);
    }
}

/// Local, OpenMP. Puts what has come in the places of what has left, and behind all others where these do not suffice.
void unpack(core::TripRows& trips, std::vector<core::TripRows::Number>& places, Shipment& in,
            std::vector<std::uint64_t> const& counts, std::vector<std::vector<core::TripRows::Number>>& received) {
    std::size_t const reused = std::min(in.trips.size(), places.size());
    in.rows.assign(places.end() - static_cast<std::ptrdiff_t>(reused), places.end());
    places.resize(places.size() - reused);
    while (in.rows.size() < in.trips.size()) {
        trips.next();
        in.rows.push_back(trips.keep());
    }
#pragma omp parallel for schedule(static)
    for (std::size_t i = 0; i < in.rows.size(); ++i) {
        if (i + ahead < in.rows.size()) __builtin_prefetch(&trips.but_for_line(in.rows[i + ahead]), 1);
        trips.put(in.rows[i], in.trips[i]);
    }
    auto next = in.rows.cbegin();
    for (std::size_t r = 0; r < counts.size(); ++r) {
        auto const end = next + static_cast<std::ptrdiff_t>(counts[r]);
        received[r].insert(received[r].end(), next, end);
        next = end;
    }
}

}  // namespace

std::vector<std::vector<core::TripRows::Number>> exchange_trips(comm::Communicator const& comm, core::TripRows& trips,
                                                                std::span<KeyedRow const> rows,
                                                                std::span<std::uint64_t const> parts, Traffic& traffic,
                                                                std::size_t bytes_a_round) {
    auto const ranks = static_cast<std::size_t>(comm.size()), me = static_cast<std::size_t>(comm.rank());
    std::vector<std::vector<core::TripRows::Number>> received(ranks);
    if (ranks == 1) return received;
    std::vector<std::uint64_t> to_send(ranks);
    for (std::size_t r = 0; r < ranks; ++r)
        to_send[r] = r == me ? 0 : parts[r + 1] - parts[r];
    auto const to_receive = comm::all_to_all(comm, std::span<std::uint64_t const>(to_send));
    for (std::size_t r = 0; r < ranks; ++r)
        received[r].reserve(to_receive[r]);
    std::uint64_t const quota = std::max<std::uint64_t>(1, bytes_a_round / sizeof(core::Trip) / (ranks - 1));
    std::uint64_t const most =
        comm::allreduce(comm, comm::Reduction::max, *std::max_element(to_send.begin(), to_send.end()));
    std::vector<core::TripRows::Number> places;  // that have been left
    Shipment out, in;
    for (std::uint64_t round = 0; round * quota < most; ++round) {
        auto const sent = cut_round(to_send, round, quota), came = cut_round(to_receive, round, quota);
        comm::run_local(comm, "exchanging trips", [&] {
            pack(trips, rows, parts, sent, round * quota, out);
            places.insert(places.end(), out.rows.begin(), out.rows.end());
            in.trips.resize(sum_of(came));
        });
        comm::exchange_bytes(comm, std::as_bytes(std::span(out.trips)), in_bytes(sent),
                             std::as_writable_bytes(std::span(in.trips)), in_bytes(came));
        comm::run_local(comm, "exchanging trips", [&] { unpack(trips, places, in, came, received); });
        traffic.bytes_sent += out.trips.size() * sizeof(core::Trip);
        ++traffic.rounds;
    }
    return received;
}

}  // namespace tessera::tiling
