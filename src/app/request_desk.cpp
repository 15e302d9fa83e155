#include "request_desk.hpp"

#include <fmt/format.h>

namespace tessera::app {
namespace {

using Clock = std::chrono::steady_clock;

/// How often the root looks at its metrics while nothing comes.
constexpr std::chrono::milliseconds patience{1000};

}  // namespace

RequestDesk::RequestDesk(AnswerOptions const& options, feed::StopSignal const& stop, request::RankReach const& reach,
                         std::vector<std::string> const& files, AnswerAccount& account)
    : options_(options),
      account_(account),
      source_(feed::open_source(options.from, {options.longest_line_bytes, options.repeat}, stop)),
      sink_(feed::open_sink(options.to)),
      batch_(options.limits, options.longest_line_bytes, options.explain, reach, files) {}

void RequestDesk::fill(desk::Round& round) noexcept {
    round.clear();
    try {
        while (error_.empty() && round.shared.questions.empty()) {
            if (batch_.is_done() && !take(round)) return;
            if (batch_.fill(round.shared) > 0) break;
            std::vector<request::Part> none;
            hand_out_piece(none, {});  // nothing but refusals
        }
    } catch (std::exception const& error) {
        error_ = error.what();
    }
    round.kind = error_.empty() ? desk::Round::Kind::answer : desk::Round::Kind::failed;
    round.error = error_;
}

/// Takes messages and reads them; false when there will be no more, and the round is the last.
bool RequestDesk::take(desk::Round& round) {
    if (batch_.size() > 0) source_->confirm();
    batch_.start({});
    feed::Taken taken = source_->take(options_.batch, patience);
    for (; taken.state == feed::Taken::State::paused; taken = source_->take(options_.batch, patience))
        account_.pause();
    round.kind = desk::Round::Kind::end;
    if (taken.state == feed::Taken::State::ended) return false;
    batch_.start(taken.messages);
    return true;
}

void RequestDesk::hand_out(desk::RoundResult& result) noexcept {
    try {
        hand_out_piece(result.parts, result.loads);
    } catch (std::exception const& error) {
        error_ = error.what();
    }
}

void RequestDesk::hand_out_piece(std::vector<request::Part>& wholes, std::vector<reduce::RankLoad> const& loads) {
    batch_.write(wholes);
    std::uint64_t const bytes = send_answers();
    auto const now = Clock::now();
    for (desk::RequestBatch::Slot& slot : batch_.piece()) {
        slot.answered.cost.work = slot.work;
        slot.answered.cost.queue = now - slot.message.arrived - slot.work;
        account_.add(slot.answered);
    }
    account_.end_batch(batch_.piece().size(), bytes, loads);
}

/// Hands over the texts, one line each. Returns their bytes.
std::uint64_t RequestDesk::send_answers() {
    std::uint64_t bytes = 0;
    auto const send = [&](desk::RequestBatch::Slot& slot) {
        bytes += slot.answer.size();
        sink_->put(slot.answer);
        desk::empty(slot.answer);
    };
    auto const piece = batch_.piece();
    for (desk::RequestBatch::Slot& slot : piece)
        send(slot);
    // To fail would be no way out: the request would be the first that comes again.
    for (feed::LongLine const& line : sink_->flush_what_fits()) {
        bytes -= line.bytes + 1;
        desk::RequestBatch::refuse_answer(
            piece[line.number],
            fmt::format("the answer's {} bytes are more than the topic takes (max.message.bytes); ask for fewer rows",
                        line.bytes));
        send(piece[line.number]);
    }
    sink_->flush();
    return bytes;
}

void RequestDesk::finish() {
    sink_->finish();
}

}  // namespace tessera::app
