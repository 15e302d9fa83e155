#include "tessera/desk/request_batch.hpp"

#include <omp.h>

#include <algorithm>

#include "tessera/core/error.hpp"
#include "tessera/core/exception_keeper.hpp"
#include "tessera/report/aggregate.hpp"

namespace tessera::desk {
namespace {

using Clock = std::chrono::steady_clock;

/// Rides that the requests of one piece may ask for together: their text is some 50 MB.
constexpr std::uint64_t most_rows_a_piece = 250'000;
/// A longer text gives its memory back once it has been handed out.
constexpr std::size_t kept_text_bytes = 64 * 1024;
/// Fewer messages are not worth waking other threads.
constexpr std::size_t messages_for_a_team = 128;

}  // namespace

void empty(std::string& text) {
    if (text.capacity() > kept_text_bytes) std::string().swap(text);
    text.clear();
}

RequestBatch::RequestBatch(request::Limits const& limits, std::size_t longest_line_bytes, bool explain,
                           request::RankReach const& reach, std::vector<std::string> const& files)
    : limits_(limits), longest_line_bytes_(longest_line_bytes), reach_(reach), writer_(files, explain) {
    for (int thread = 0; thread < omp_get_max_threads(); ++thread)
        readers_.emplace_back(limits);
}

void RequestBatch::start(std::span<feed::Message const> messages) {
    first_ = last_ = 0;
    taken_ = messages.size();
    if (slots_.size() < taken_) slots_.resize(taken_);
    for (std::size_t i = 0; i < taken_; ++i) {
        slots_[i].message = messages[i];
        slots_[i].as_features = false;
    }
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(static) if (taken_ > messages_for_a_team)
    for (std::size_t i = 0; i < taken_; ++i)
        keeper.run([&] { read(slots_[i], readers_[static_cast<std::size_t>(omp_get_thread_num())]); });
    keeper.rethrow();
}

void RequestBatch::read(Slot& slot, request::RequestReader& reader) const {
    auto const start = Clock::now();
    if (slot.message.too_long)
        slot.what = request::RequestReader::refuse_long_line(slot.message.text, longest_line_bytes_);
    else
        slot.what = reader.read(slot.message.text);
    slot.touched.clear();
    if (auto const* const asked = std::get_if<request::Request>(&slot.what)) slot.touched = reach_.of(asked->question);
    slot.work = Clock::now() - start;
}

void RequestBatch::want_features(std::size_t message) {
    Slot& slot = slots_[message];
    slot.as_features = true;
    auto const* const asked = std::get_if<request::Request>(&slot.what);
    auto const* const groups = asked != nullptr ? std::get_if<query::AggregateQuestion>(&asked->question) : nullptr;
    if (groups == nullptr) return;
    try {
        report::require_drawable(report::Format::geojson, *groups);
    } catch (core::UsageError const& error) {
        slot.what =
            request::Refusal{asked->id, request::Operation::aggregate, request::Outcome::bad_request, error.what()};
        slot.touched.clear();
    }
}

std::size_t RequestBatch::fill(reduce::SharedQuestions& shared) {
    first_ = last_;
    std::uint64_t rows = 0;
    for (; last_ < taken_ && (last_ == first_ || rows <= most_rows_a_piece); ++last_) {
        auto const* const asked = std::get_if<request::Request>(&slots_[last_].what);
        if (asked == nullptr) continue;
        rows += request::rows_asked(asked->question);
        if (rows > most_rows_a_piece && !shared.questions.empty()) break;
        shared.questions.push_back(&asked->question);
        auto const& touched = slots_[last_].touched;
        shared.touched.insert(shared.touched.end(), touched.begin(), touched.end());
    }
    return shared.questions.size();
}

void RequestBatch::write(std::vector<request::Part>& wholes) {
    std::vector<request::Part*> whole_of(last_ - first_, nullptr);
    std::size_t next = 0;
    for (std::size_t i = first_; i < last_; ++i)
        if (std::holds_alternative<request::Request>(slots_[i].what)) whole_of[i - first_] = &wholes[next++];
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic, 8) if (last_ - first_ > messages_for_a_team)
    for (std::size_t i = first_; i < last_; ++i)
        keeper.run([&] {
            Slot& slot = slots_[i];
            if (whole_of[i - first_] != nullptr) return write_answer(slot, *whole_of[i - first_]);
            auto const& refusal = std::get<request::Refusal>(slot.what);
            slot.answered = {refusal.id, refusal.operation, refusal.outcome, {}};
            report::AnswerWriter::append_refusal(slot.answer, refusal, slot.message.number);
        });
    keeper.rethrow();
}

void RequestBatch::write_answer(Slot& slot, request::Part& whole) const {
    auto const start = Clock::now();
    auto const& asked = std::get<request::Request>(slot.what);
    request::require_size(whole, asked, limits_);
    auto const ranks = static_cast<std::uint32_t>(std::count(slot.touched.begin(), slot.touched.end(), 1));
    slot.answered = {asked.id,
                     request::operation_of(asked.question),
                     whole.outcome,
                     {{}, {}, ranks, whole.looked.tiles, whole.looked.rows}};
    slot.work += whole.work;
    if (whole.outcome != request::Outcome::answered) {
        report::AnswerWriter::append_refusal(slot.answer, {asked.id, {}, whole.outcome, whole.message},
                                             slot.message.number);
    } else if (slot.as_features) {
        writer_.append_features(slot.answer, asked, whole);
    } else {
        writer_.append_body(slot.body, asked, whole);
        writer_.append_answer(slot.answer, asked, whole, slot.work + (Clock::now() - start), ranks, slot.body);
        empty(slot.body);
    }
    slot.work += Clock::now() - start;
}

void RequestBatch::refuse_answer(Slot& slot, std::string const& message) {
    slot.answered.outcome = request::Outcome::too_large;
    empty(slot.answer);
    report::AnswerWriter::append_refusal(slot.answer, {slot.answered.id, {}, request::Outcome::too_large, message},
                                         slot.message.number);
}

}  // namespace tessera::desk
