#pragma once
#include <chrono>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "tessera/feed/message.hpp"
#include "tessera/reduce/parts.hpp"
#include "tessera/report/answer.hpp"
#include "tessera/request/rank_reach.hpp"
#include "tessera/request/read_request.hpp"

namespace tessera::desk {

/// Requests that came together, on their way to answers: read, asked in pieces of what may be answered together, and
/// written down. Where they come from and where answers go is not its business. The root has it.
class RequestBatch {
  public:
    /// A message that is being dealt with.
    struct Slot {
        feed::Message message;
        std::variant<request::Request, request::Refusal> what;
        std::vector<std::uint8_t> touched;  ///< ranks
        std::chrono::nanoseconds work{};
        std::string body, answer;  ///< the answer is a line, with its end
        request::Answered answered;
        bool as_features = false;  ///< the answer is GeoJSON
    };

    /// Local. References are kept.
    RequestBatch(request::Limits const& limits, std::size_t longest_line_bytes, bool explain,
                 request::RankReach const& reach, std::vector<std::string> const& files);

    /// Local, OpenMP. Reads messages, which stay valid until all pieces are done.
    void start(std::span<feed::Message const> messages);
    /// Local. Whether all pieces are done.
    bool is_done() const { return last_ == taken_; }
    std::size_t size() const { return taken_; }
    /// Local. Begins the next piece: puts as many messages into the round as may be answered together. Returns how many
    /// of them are questions.
    std::size_t fill(reduce::SharedQuestions& shared);
    /// Local, OpenMP. Writes the answers of the piece. `wholes`: an entry a question.
    void write(std::vector<request::Part>& wholes);
    /// Local. The answer to a message is to be GeoJSON; a question whose answer cannot be drawn is refused. Shape:
    /// before the message's piece begins.
    void want_features(std::size_t message);
    /// The piece.
    std::span<Slot> piece() { return std::span(slots_).subspan(first_, last_ - first_); }
    /// Local. In place of an answer that has more bytes than its place takes.
    static void refuse_answer(Slot& slot, std::string const& message);

  private:
    void read(Slot& slot, request::RequestReader& reader) const;
    void write_answer(Slot& slot, request::Part& whole) const;

    request::Limits limits_;
    std::size_t longest_line_bytes_;
    request::RankReach const& reach_;
    report::AnswerWriter writer_;
    std::vector<request::RequestReader> readers_;  ///< one a thread
    std::vector<Slot> slots_;                      ///< of all messages; the first `taken_` are in use
    std::size_t taken_ = 0;
    std::size_t first_ = 0;  ///< slots [first_, last_) are the piece
    std::size_t last_ = 0;
};

/// Local. Forgets a text; a long one gives its memory back.
void empty(std::string& text);

}  // namespace tessera::desk
