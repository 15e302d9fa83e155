#pragma once
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "answer_account.hpp"
#include "round.hpp"
#include "tessera/feed/source.hpp"
#include "tessera/report/answer.hpp"
#include "tessera/request/rank_reach.hpp"
#include "tessera/request/read_request.hpp"

namespace tessera::app {

/// The root's side of `answer`: takes requests, reads them, and hands their answers out in the same order. What happens
/// between the two, on all ranks, is none of its business.
class RequestDesk {
  public:
    /// Local. Throws core::DataError where a place cannot be opened. References are kept.
    RequestDesk(AnswerOptions const& options, feed::StopSignal const& stop, request::RankReach const& reach,
                std::vector<std::string> const& files, AnswerAccount& account);

    /// Local, OpenMP. The next round: waits for requests. A failure is a round, too. Pointers in the round stay valid
    /// until the next call.
    void fill(Round& round) noexcept;
    /// Local, OpenMP. Hands out the answers of the round that was filled last. A failure is the next round.
    void hand_out(std::vector<request::Part>& wholes, std::vector<reduce::RankLoad> const& loads) noexcept;
    /// Local. Gives outputs their final names.
    void finish();

  private:
    /// A message that is being dealt with.
    struct Slot {
        feed::Message message;
        std::variant<request::Request, request::Refusal> what;
        std::vector<std::uint8_t> touched;  ///< ranks
        std::chrono::nanoseconds work{};
        std::string body, answer;
        request::Answered answered;
    };
    bool take(Round& round);
    void read(Slot& slot, request::RequestReader& reader) const;
    void read_all();
    std::size_t fill_from_slots(Round& round);
    void write_answer(Slot& slot, request::Part& whole) const;
    void write_refusal(Slot& slot, request::Refusal const& refusal) const;
    void refuse_answer(Slot& slot, std::size_t bytes) const;
    std::uint64_t send_answers();
    void hand_out_slots(std::vector<request::Part>& wholes, std::vector<reduce::RankLoad> const& loads);

    AnswerOptions const& options_;
    request::RankReach const& reach_;
    report::AnswerWriter writer_;
    AnswerAccount& account_;
    std::unique_ptr<feed::Source> source_;
    std::unique_ptr<feed::Sink> sink_;
    std::vector<request::RequestReader> readers_;  ///< one a thread
    std::vector<Slot> slots_;                      ///< of all messages taken; the first `taken_` are in use
    std::size_t taken_ = 0;
    std::size_t first_ = 0;  ///< slots [first_, last_) are in the round
    std::size_t last_ = 0;
    std::string error_;
};

}  // namespace tessera::app
