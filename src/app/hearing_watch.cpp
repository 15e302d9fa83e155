#include "tessera/app/hearing_watch.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

#include "tessera/core/error.hpp"
#include "tessera/machine/facts.hpp"

namespace tessera::app {
namespace {

/// Where not all ranks end with rank 0 (srun without -K), the others follow.
constexpr std::chrono::seconds later{5};

std::string complaint(std::chrono::seconds patience) {
    machine::Facts const facts = machine::read_facts();
    std::string cards;
    for (machine::Card const& card : facts.cards)
        cards += fmt::format("{}{} {}", cards.empty() ? "" : ", ", card.name, card.address);
    return fmt::format(
        "rank 0 on {} has waited {} s for other ranks: one is stopped, or they do not reach each other, by a card that "
        "does "
        "not join the hosts (here: {}) or for a firewall; remedy: name the card that joins them, mpirun --mca "
        "btl_tcp_if_include CARD --mca oob_tcp_if_include CARD (Slurm: slurm/env.sh; MPIJob: NETWORK)",
        facts.host, patience.count(), cards.empty() ? "none" : cards);
}

}  // namespace

HearingWatch::HearingWatch(int rank, int ranks, std::chrono::seconds patience, Then then) {
    bool const is_root = rank == 0;
    if (ranks == 1 || (!is_root && then == Then::note)) return;
    thread_ = std::jthread([is_root, patience, then](std::stop_token const& stop) {
        std::mutex mutex;
        std::condition_variable_any ended;
        std::unique_lock lock(mutex);
        ended.wait_for(lock, stop, patience + (is_root ? std::chrono::seconds(0) : later), [] { return false; });
        if (stop.stop_requested()) return;
        if (is_root) fmt::print(stderr, "tessera: {}{}\n", then == Then::note ? "note: " : "", complaint(patience));
        std::fflush(stderr);
        // The main thread is within MPI, which another thread may not call.
        if (then == Then::end) std::_Exit(static_cast<int>(core::ExitCode::failed));
    });
}

}  // namespace tessera::app
