#include "tessera/desk/web_desk.hpp"

#include "tessera/report/prometheus.hpp"

namespace tessera::desk {
namespace {

using Clock = std::chrono::steady_clock;

/// How long it sleeps at most while nothing comes.
constexpr std::chrono::seconds patience{1};
/// How often it looks whether all has been sent, and how long it waits for that, once it is to end.
constexpr std::chrono::milliseconds drain_patience{20};
constexpr std::chrono::milliseconds longest_drain{4'000};

}  // namespace

WebDesk::WebDesk(WebDeskOptions options, Inbox& inbox, Front& front, web::Server const& server,
                 request::RankReach const& reach, report::Metrics& metrics)
    : options_(std::move(options)),
      inbox_(inbox),
      front_(front),
      server_(server),
      metrics_(metrics),
      batch_(options_.limits, options_.body.longest_line_bytes, false, reach, options_.files),
      asked_(options_.body),
      replays_(options_.span) {
    metrics_.requests.emplace();
    for (report::RankMetrics& rank : metrics_.ranks)
        rank.busy = std::chrono::nanoseconds{};
}

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
            batch_.fill(round.shared);
            if (round.is_empty() && !batch_.piece().empty()) {
                RoundResult none;
                hand_out_piece(none);  // nothing but refusals
            }
        }
    } catch (std::exception const& error) {
        error_ = error.what();
    }
    round.kind = error_.empty() ? Round::Kind::answer : Round::Kind::failed;
    round.error = error_;
}

/// Waits for calls, or for a replay that is due.
void WebDesk::take_calls() {
    auto const done = Clock::now();
    answered_ = 0;
    batch_.start({});
    replays_.send(Clock::now());
    bool const draining = front_.state() == Front::State::draining;
    auto const longest = asked_.has_more() ? Clock::duration() : draining ? drain_patience : Clock::duration(patience);
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
        batch_.slot(i).as_features = asked_.wants_features(i);
    replays_.send(Clock::now());
}

bool WebDesk::has_ended() const {
    return drain_until_ && (Clock::now() > *drain_until_ || (batch_.is_done() && server_.is_idle()));
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
    if (path == "/metrics")
        return call.responder->reply({200, "text/plain; version=0.0.4; charset=utf-8", metrics_text(), {}});
    if (path == "/events") {
        if (replays_.size() >= options_.streams)
            return call.responder->reply(web::make_busy("too many replays are under way; try again soon"));
        return replays_.add(std::move(call), Clock::now());
    }
    if (path.starts_with("/api/")) return asked_.add(std::move(call));
    call.responder->reply(web::make_error(404, "not_found", "there is nothing under this path; see /openapi.json"));
}

std::string WebDesk::metrics_text() const {
    report::Metrics metrics = metrics_;
    metrics.run.written = report::WallClock::now();
    return report::prometheus_text(metrics);
}

void WebDesk::hand_out(RoundResult& result) noexcept {
    try {
        hand_out_piece(result);
        replays_.take(result.live);
        replays_.send(Clock::now());
    } catch (std::exception const& error) {
        error_ = error.what();
    }
}

void WebDesk::hand_out_piece(RoundResult& result) {
    auto const piece = batch_.piece();
    if (piece.empty()) return;
    batch_.write(result.parts);
    std::uint64_t bytes = 0;
    auto const now = Clock::now();
    for (RequestBatch::Slot& slot : piece) {
        bytes += slot.answer.size();
        slot.answered.cost.work = slot.work;
        slot.answered.cost.queue = now - slot.message.arrived - slot.work;
        metrics_.requests->add(slot.answered);
        asked_.answer(answered_++, slot);
    }
    metrics_.requests->add_batch(piece.size(), bytes);
    for (std::size_t rank = 0; rank < result.loads.size(); ++rank) {
        metrics_.ranks[rank].resident_bytes = result.loads[rank].resident_bytes;
        metrics_.ranks[rank].busy = std::chrono::nanoseconds(result.loads[rank].busy_ns);
    }
}

}  // namespace tessera::desk
