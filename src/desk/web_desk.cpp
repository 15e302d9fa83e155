#include "tessera/desk/web_desk.hpp"

#include <utility>

namespace tessera::desk {
namespace {

using Clock = std::chrono::steady_clock;

/// How long it sleeps at most while nothing comes.
constexpr std::chrono::seconds patience{1};
/// How often it looks whether all has been sent, and how long it waits for that, once it is to end.
constexpr std::chrono::milliseconds drain_patience{20};
constexpr std::chrono::milliseconds longest_drain{4'000};
/// How old what ranks have told of themselves may be.
constexpr std::chrono::seconds loads_age{1};

}  // namespace

WebDesk::WebDesk(WebDeskOptions options, Inbox& inbox, Front& front, web::Server const& server,
                 request::RankReach const& reach, MapCalls maps, MetricsBoard& board)
    : options_(std::move(options)),
      inbox_(inbox),
      front_(front),
      server_(server),
      board_(board),
      batch_(options_.limits, options_.body.longest_line_bytes, false, reach, options_.files),
      asked_(options_.body),
      replays_(options_.span, board),
      maps_(std::move(maps)),
      loads_due_(Clock::now()) {}

void WebDesk::fill(Round& round) noexcept {
    round.clear();
    try {
        while (error_.empty() && round.is_empty()) {
            if (batch_.is_done()) take_calls();
            if (has_ended()) {
                round.kind = Round::Kind::end;
                return;
            }
            replays_.ask(round.live);
            round.maps = maps_.begin();
            if (round.maps.empty()) maps_.finish({});  // nothing but blank ones
            batch_.fill(round.shared);
            piece_waits_ = !batch_.piece().empty();
            if (round.is_empty() && piece_waits_) {
                RoundResult none;
                hand_out_piece(none);  // nothing but refusals
            }
            ask_loads(round);
        }
    } catch (std::exception const& error) {
        error_ = error.what();
    }
    round.kind = error_.empty() ? Round::Kind::answer : Round::Kind::failed;
    round.error = error_;
}

/// Every rank is asked how it is doing a moment after it has done something: while nothing is done, nobody is woken.
void WebDesk::ask_loads(Round& round) {
    auto const now = Clock::now();
    if (!loads_due_ && !round.is_empty()) loads_due_ = now + loads_age;
    round.ask_loads = loads_due_ && now >= *loads_due_;
    if (round.ask_loads) loads_due_.reset();
}

/// Waits for calls, or for a replay that is due.
void WebDesk::take_calls() {
    auto const done = Clock::now();
    answered_ = 0;
    batch_.start({});
    replays_.send(Clock::now());
    bool const draining = front_.state() == Front::State::draining;
    bool const has_more = asked_.has_more() || !maps_.is_empty();
    auto const longest = has_more ? Clock::duration() : draining ? drain_patience : Clock::duration(patience);
    auto calls = inbox_.take(replays_.next_due(Clock::now() + longest));
    if (front_.state() == Front::State::draining) {
        replays_.end_all();
        if (!drain_until_) drain_until_ = Clock::now() + longest_drain;
    }
    for (web::Call& call : calls)
        sort(std::move(call));
    asked_.next(done, Clock::now());
    batch_.start(asked_.messages());
    for (std::size_t i = 0; i < batch_.size(); ++i)
        if (asked_.wants_features(i)) batch_.want_features(i);
    replays_.send(Clock::now());
}

bool WebDesk::has_ended() const {
    bool const all_done = batch_.is_done() && maps_.is_empty() && server_.is_idle();
    return drain_until_ && (Clock::now() > *drain_until_ || all_done);
}

/// Brings a call to who deals with it. What goes wrong is the call's own misfortune, and nobody else's.
void WebDesk::sort(web::Call&& call) {
    auto const responder = call.responder;
    try {
        sort_by_path(std::move(call));
    } catch (std::exception const&) {
        responder->reply(web::make_error(500, "failed", "the request could not be dealt with"));
    }
}

void WebDesk::sort_by_path(web::Call&& call) {
    std::string const& path = call.target.path;
    if (path == "/api/info") return call.responder->reply({200, "application/json", options_.info, {}});
    if (path == "/events") {
        if (replays_.size() >= options_.streams)
            return call.responder->reply(web::make_busy("too many replays are under way; try again soon"));
        return replays_.add(std::move(call), Clock::now());
    }
    if (path.starts_with("/tiles/")) return maps_.add(std::move(call));
    if (path.starts_with("/api/")) return asked_.add(std::move(call));
    call.responder->reply(web::make_error(404, "not_found", "there is nothing under this path; see /openapi.json"));
}

void WebDesk::hand_out(RoundResult& result) noexcept {
    try {
        take_loads(result.loads);
        hand_out_piece(result);
        maps_.finish(result.maps);
        replays_.take(result.live);
        replays_.send(Clock::now());
    } catch (std::exception const& error) {
        error_ = error.what();
    }
}

void WebDesk::hand_out_piece(RoundResult& result) {
    if (!std::exchange(piece_waits_, false)) return;
    auto const piece = batch_.piece();
    batch_.write(result.parts);
    auto const now = Clock::now();
    for (RequestBatch::Slot& slot : piece) {
        slot.answered.cost.work = slot.work;
        slot.answered.cost.queue = now - slot.message.arrived - slot.work;
    }
    count(piece);  // before anybody has an answer who could ask for the count
    for (RequestBatch::Slot& slot : piece)
        asked_.answer(answered_++, slot);
}

void WebDesk::count(std::span<RequestBatch::Slot const> piece) {
    std::uint64_t bytes = 0;
    for (RequestBatch::Slot const& slot : piece)
        bytes += slot.answer.size();
    board_.change([&](report::Metrics& metrics) {
        for (RequestBatch::Slot const& slot : piece)
            metrics.requests->add(slot.answered);
        metrics.requests->add_batch(piece.size(), bytes);
    });
}

void WebDesk::take_loads(std::vector<reduce::RankLoad> const& loads) {
    board_.change([&](report::Metrics& metrics) {
        for (std::size_t rank = 0; rank < loads.size(); ++rank) {
            if (loads[rank].resident_bytes == 0) continue;  // it has told nothing yet
            metrics.ranks[rank].resident_bytes = loads[rank].resident_bytes;
            metrics.ranks[rank].busy = std::chrono::nanoseconds(loads[rank].busy_ns);
        }
    });
}

}  // namespace tessera::desk
