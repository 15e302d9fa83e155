#include "request_desk.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>

#include "tessera/core/exception_keeper.hpp"

namespace tessera::app {
namespace {

using Clock = std::chrono::steady_clock;

/// How often the root looks at its metrics while nothing comes.
constexpr std::chrono::milliseconds patience{1000};
/// Rides that the requests of one round may ask for together: their text is some 50 MB.
constexpr std::uint64_t most_rows_a_round = 250'000;
/// A longer text gives its memory back once it has been handed out.
constexpr std::size_t kept_text_bytes = 64 * 1024;

void empty(std::string& text) {
    if (text.capacity() > kept_text_bytes) std::string().swap(text);
    text.clear();
}

}  // namespace

RequestDesk::RequestDesk(AnswerOptions const& options, feed::StopSignal const& stop, request::RankReach const& reach,
                         std::vector<std::string> const& files, AnswerAccount& account)
    : options_(options),
      reach_(reach),
      writer_(files, options.explain),
      account_(account),
      source_(feed::open_source(options.from, {options.longest_line_bytes, options.repeat}, stop)),
      sink_(feed::open_sink(options.to)) {
    for (int thread = 0; thread < omp_get_max_threads(); ++thread)
        readers_.emplace_back(options.limits);
}

void RequestDesk::fill(Round& round) noexcept {
    round.shared.questions.clear();
    round.shared.touched.clear();
    try {
        while (error_.empty() && round.shared.questions.empty()) {
            if (last_ == taken_ && !take(round)) return;
            if (fill_from_slots(round) > 0) break;
            std::vector<request::Part> none;
            hand_out_slots(none, {});  // nothing but refusals
        }
    } catch (std::exception const& error) {
        error_ = error.what();
    }
    round.kind = error_.empty() ? Round::Kind::answer : Round::Kind::failed;
    round.error = error_;
}

/// Takes messages and reads them; false when there will be no more, and the round is the last.
bool RequestDesk::take(Round& round) {
    if (taken_ > 0) source_->confirm();
    taken_ = first_ = last_ = 0;
    feed::Taken taken = source_->take(options_.batch, patience);
    for (; taken.state == feed::Taken::State::paused; taken = source_->take(options_.batch, patience))
        account_.pause();
    round.kind = Round::Kind::end;
    if (taken.state == feed::Taken::State::ended) return false;
    taken_ = taken.messages.size();
    if (slots_.size() < taken_) slots_.resize(taken_);
    for (std::size_t i = 0; i < taken_; ++i)
        slots_[i].message = taken.messages[i];
    read_all();
    return true;
}

void RequestDesk::read_all() {
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(static) if (taken_ > 16)
    for (std::size_t i = 0; i < taken_; ++i)
        keeper.run([&] { read(slots_[i], readers_[static_cast<std::size_t>(omp_get_thread_num())]); });
    keeper.rethrow();
}

void RequestDesk::read(Slot& slot, request::RequestReader& reader) const {
    auto const start = Clock::now();
    if (slot.message.too_long)
        slot.what = request::RequestReader::refuse_long_line(slot.message.text, options_.longest_line_bytes);
    else
        slot.what = reader.read(slot.message.text);
    slot.touched.clear();
    if (auto const* const asked = std::get_if<request::Request>(&slot.what)) slot.touched = reach_.of(asked->question);
    slot.work = Clock::now() - start;
}

/// Puts as many slots into the round as may be answered together. Returns how many of them are questions.
std::size_t RequestDesk::fill_from_slots(Round& round) {
    first_ = last_;
    std::uint64_t rows = 0;
    for (; last_ < taken_ && (last_ == first_ || rows <= most_rows_a_round); ++last_) {
        auto const* const asked = std::get_if<request::Request>(&slots_[last_].what);
        if (asked == nullptr) continue;
        rows += request::rows_asked(asked->question);
        if (rows > most_rows_a_round && !round.shared.questions.empty()) break;
        round.shared.questions.push_back(&asked->question);
        auto const& touched = slots_[last_].touched;
        round.shared.touched.insert(round.shared.touched.end(), touched.begin(), touched.end());
    }
    return round.shared.questions.size();
}

void RequestDesk::hand_out(std::vector<request::Part>& wholes, std::vector<reduce::RankLoad> const& loads) noexcept {
    try {
        hand_out_slots(wholes, loads);
    } catch (std::exception const& error) {
        error_ = error.what();
    }
}

void RequestDesk::hand_out_slots(std::vector<request::Part>& wholes, std::vector<reduce::RankLoad> const& loads) {
    std::vector<request::Part*> whole_of(last_ - first_, nullptr);
    std::size_t next = 0;
    for (std::size_t i = first_; i < last_; ++i)
        if (std::holds_alternative<request::Request>(slots_[i].what)) whole_of[i - first_] = &wholes[next++];
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic, 8) if (last_ - first_ > 16)
    for (std::size_t i = first_; i < last_; ++i)
        keeper.run([&] {
            if (whole_of[i - first_] != nullptr)
                write_answer(slots_[i], *whole_of[i - first_]);
            else
                write_refusal(slots_[i], std::get<request::Refusal>(slots_[i].what));
        });
    keeper.rethrow();
    std::uint64_t const bytes = send_answers();
    auto const now = Clock::now();
    for (std::size_t i = first_; i < last_; ++i) {
        Slot& slot = slots_[i];
        slot.answered.cost.work = slot.work;
        slot.answered.cost.queue = now - slot.message.arrived - slot.work;
        account_.add(slot.answered);
    }
    account_.end_batch(last_ - first_, bytes, loads);
}

/// Hands over the texts, one line each. Returns their bytes.
std::uint64_t RequestDesk::send_answers() {
    std::uint64_t bytes = 0;
    auto const send = [&](Slot& slot) {
        sink_->put(slot.answer);
        bytes += slot.answer.size();
        empty(slot.answer);
    };
    for (std::size_t i = first_; i < last_; ++i)
        send(slots_[i]);
    // To fail would be no way out: the request would be the first that comes again.
    for (feed::LongLine const& line : sink_->flush_what_fits()) {
        Slot& slot = slots_[first_ + line.number];
        bytes -= line.bytes + 1;
        refuse_answer(slot, line.bytes);
        send(slot);
    }
    sink_->flush();
    return bytes;
}

void RequestDesk::write_answer(Slot& slot, request::Part& whole) const {
    auto const start = Clock::now();
    auto const& asked = std::get<request::Request>(slot.what);
    request::require_size(whole, asked, options_.limits);
    auto const ranks = static_cast<std::uint32_t>(std::count(slot.touched.begin(), slot.touched.end(), 1));
    slot.answered = {asked.id,
                     request::operation_of(asked.question),
                     whole.outcome,
                     {{}, {}, ranks, whole.looked.tiles, whole.looked.rows}};
    slot.work += whole.work;
    if (whole.outcome == request::Outcome::answered) {
        writer_.append_body(slot.body, asked, whole);
        slot.work += Clock::now() - start;
        writer_.append_answer(slot.answer, asked, whole, slot.work, ranks, slot.body);
        empty(slot.body);
    } else {
        report::AnswerWriter::append_refusal(slot.answer, {asked.id, {}, whole.outcome, whole.message},
                                             slot.message.number);
        slot.work += Clock::now() - start;
    }
}

void RequestDesk::write_refusal(Slot& slot, request::Refusal const& refusal) const {
    slot.answered = {refusal.id, refusal.operation, refusal.outcome, {}};
    report::AnswerWriter::append_refusal(slot.answer, refusal, slot.message.number);
}

void RequestDesk::refuse_answer(Slot& slot, std::size_t bytes) const {
    slot.answered.outcome = request::Outcome::too_large;
    report::AnswerWriter::append_refusal(
        slot.answer,
        {slot.answered.id,
         {},
         request::Outcome::too_large,
         fmt::format("the answer's {} bytes are more than the topic takes (max.message.bytes); ask for fewer rows",
                     bytes)},
        slot.message.number);
}

void RequestDesk::finish() {
    sink_->finish();
}

}  // namespace tessera::app
