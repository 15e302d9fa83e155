#include "rounds.hpp"

#include "share_round.hpp"
#include "tessera/app/resident_memory.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/last_words.hpp"
#include "tessera/reduce/windows.hpp"

namespace tessera::app {
namespace {

using Clock = std::chrono::steady_clock;

/// Collective.
void answer_questions(comm::Communicator const& comm, query::TripIndex const& index, request::Limits const& limits,
                      desk::Round const& round, reduce::RankLoad& load, desk::RoundResult& result) {
    auto const ranks = static_cast<std::size_t>(comm.size()), me = static_cast<std::size_t>(comm.rank());
    auto const start = Clock::now();
    result.parts.clear();
    result.parts.resize(round.shared.questions.size());
    std::vector<std::uint8_t> mine(result.parts.size());
    for (std::size_t i = 0; i < mine.size(); ++i)
        mine[i] = round.shared.touches(i, me, ranks) ? 1 : 0;
    request::answer_parts(index, round.shared.questions, mine, limits, result.parts);
    load.busy_ns += static_cast<std::uint64_t>((Clock::now() - start).count());
    load.resident_bytes = resident_bytes();
    reduce::reduce_parts(comm, round.shared, result.parts, load, result.loads);
}

/// Collective.
void count_live(comm::Communicator const& comm, query::TripIndex const& index, desk::Round const& round,
                reduce::RankLoad& load, desk::RoundResult& result) {
    auto const start = Clock::now();
    result.live = comm::run_local(comm, "counting windows", [&] {
        std::vector<std::vector<query::LiveWindow>> lists;
        for (query::LiveQuestion const& question : round.live)
            lists.push_back(query::count_live_windows(index.loaded(), question));
        load.busy_ns += static_cast<std::uint64_t>((Clock::now() - start).count());
        return lists;
    });
    reduce::reduce_live_windows(comm, round.live, result.live);
}

/// Collective.
void draw_maps(comm::Communicator const& comm, query::TripIndex const& index, desk::Round const& round,
               reduce::RankLoad& load, desk::RoundResult& result) {
    result.maps = reduce::count_maps(comm, index, round.maps);
    load.busy_ns += static_cast<std::uint64_t>(result.maps.my_work.count());
}

/// Collective. How every rank is doing, on the root.
void tell_loads(comm::Communicator const& comm, reduce::RankLoad& load, desk::RoundResult& result) {
    load.resident_bytes = resident_bytes();
    auto const lists = comm::gather_to_root(comm, std::span<reduce::RankLoad const>(&load, 1));
    for (std::size_t rank = 0; rank < lists.size(); ++rank)
        result.loads[rank] = lists[rank].front();
}

}  // namespace

void answer_rounds(comm::Communicator const& comm, query::TripIndex const& index, request::Limits const& limits,
                   desk::Desk* desk, StageWatch& stages) {
    core::note_stage("answering");
    auto const doorbell = comm::hang_doorbell(comm);
    stages.enter("answer");
    desk::Round round;
    desk::RoundResult result;
    reduce::RankLoad load;
    result.loads.resize(static_cast<std::size_t>(comm.size()));
    for (;;) {
        if (desk != nullptr) desk->fill(round);
        share_round(comm, doorbell, round);
        if (round.kind == desk::Round::Kind::end) return;
        if (!round.shared.questions.empty()) answer_questions(comm, index, limits, round, load, result);
        if (!round.live.empty()) count_live(comm, index, round, load, result);
        if (!round.maps.empty()) draw_maps(comm, index, round, load, result);
        if (round.ask_loads) tell_loads(comm, load, result);
        if (desk != nullptr) desk->hand_out(result);
        stages.end_batch(result.parts.size());
    }
}

}  // namespace tessera::app
