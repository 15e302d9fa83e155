#pragma once
#include <memory>
#include <string>
#include <vector>

#include "answer_account.hpp"
#include "tessera/desk/request_batch.hpp"
#include "tessera/desk/round.hpp"
#include "tessera/feed/source.hpp"

namespace tessera::app {

/// The root's side of `answer`: takes requests, and hands their answers out in the same order. What happens between the
/// two, on all ranks, is none of its business.
class RequestDesk : public desk::Desk {
  public:
    /// Local. Throws core::DataError where a place cannot be opened. References are kept.
    RequestDesk(AnswerOptions const& options, feed::StopSignal const& stop, request::RankReach const& reach,
                std::vector<std::string> const& files, AnswerAccount& account);

    /// Local, OpenMP. The next round: waits for requests. A failure is a round, too. Pointers in the round stay valid
    /// until the next call.
    void fill(desk::Round& round) noexcept override;
    /// Local, OpenMP. Hands out the answers of the round that was filled last. A failure is the next round.
    void hand_out(desk::RoundResult& result) noexcept override;
    /// Local. Gives outputs their final names.
    void finish();

  private:
    bool take(desk::Round& round);
    std::uint64_t send_answers();
    void hand_out_piece(std::vector<request::Part>& wholes, std::vector<reduce::RankLoad> const& loads);

    AnswerOptions const& options_;
    AnswerAccount& account_;
    std::unique_ptr<feed::Source> source_;
    std::unique_ptr<feed::Sink> sink_;
    desk::RequestBatch batch_;
    std::string error_;
};

}  // namespace tessera::app
