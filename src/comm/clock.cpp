#include "tessera/comm/clock.hpp"

#include <chrono>
#include <limits>

#include "tessera/comm/check.hpp"
#include "tessera/comm/collective_check.hpp"
#include "tessera/comm/collectives.hpp"

namespace tessera::comm {
namespace {

constexpr int tries = 8;
constexpr int tag = 1;

double clock_s() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// Asks a rank for its time; of several tries the quickest is the surest.
ClockOffset ask(Communicator const& comm, int rank) {
    ClockOffset best{0, std::numeric_limits<double>::infinity()};
    for (int i = 0; i < tries; ++i) {
        double const sent = clock_s();
        double theirs = 0;
        check(MPI_Send(&sent, 1, MPI_DOUBLE, rank, tag, comm.handle()), "MPI_Send");
        check(MPI_Recv(&theirs, 1, MPI_DOUBLE, rank, tag, comm.handle(), MPI_STATUS_IGNORE), "MPI_Recv");
        double const received = clock_s(), uncertain = (received - sent) / 2;
        if (uncertain < best.uncertain_s) best = {theirs - (sent + received) / 2, uncertain};
    }
    return best;
}

void answer(Communicator const& comm) {
    for (int i = 0; i < tries; ++i) {
        double theirs = 0;
        check(MPI_Recv(&theirs, 1, MPI_DOUBLE, 0, tag, comm.handle(), MPI_STATUS_IGNORE), "MPI_Recv");
        double const mine = clock_s();
        check(MPI_Send(&mine, 1, MPI_DOUBLE, 0, tag, comm.handle()), "MPI_Send");
    }
}

}  // namespace

std::vector<ClockOffset> compare_clocks(Communicator const& comm, bool asks) {
    auto const who = allgather(comm, static_cast<std::uint8_t>(asks ? 1 : 0));
    check_same_collective(comm, "compare_clocks");
    if (!comm.is_root()) {
        if (asks) answer(comm);
        return {};
    }
    std::vector<ClockOffset> offsets(who.size());
    for (std::size_t rank = 1; rank < who.size(); ++rank)
        if (who[rank] != 0) offsets[rank] = ask(comm, static_cast<int>(rank));
    return offsets;
}

}  // namespace tessera::comm
