#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "tessera/desk/asked_calls.hpp"
#include "tessera/desk/front.hpp"
#include "tessera/desk/live_replays.hpp"
#include "tessera/desk/map_calls.hpp"
#include "tessera/desk/metrics_board.hpp"
#include "tessera/desk/request_batch.hpp"
#include "tessera/desk/round.hpp"
#include "tessera/web/server.hpp"

namespace tessera::desk {

/// What a service knows of its store, and what it allows.
struct WebDeskOptions {
    request::Limits limits;
    AskedCalls::Limits body;
    std::size_t streams = 64;  ///< replays at a time
    std::string info;          ///< the reply to /api/info
    std::vector<std::string> files;
    ReplaySpan span;
};

/// The root's side of `serve`: makes rounds of the calls that have come in, and replies.
class WebDesk : public Desk {
  public:
    /// Local. References are kept; the board is brought up to date.
    WebDesk(WebDeskOptions options, Inbox& inbox, Front& front, web::Server const& server,
            request::RankReach const& reach, MapCalls maps, MetricsBoard& board);

    void fill(Round& round) noexcept override;
    void hand_out(RoundResult& result) noexcept override;

  private:
    void take_calls();
    void sort(web::Call&& call);
    void sort_by_path(web::Call&& call);
    bool has_ended() const;
    void hand_out_piece(RoundResult& result);
    void count(std::span<RequestBatch::Slot const> piece);
    void ask_loads(Round& round);
    void take_loads(std::vector<reduce::RankLoad> const& loads);

    WebDeskOptions options_;
    Inbox& inbox_;
    Front& front_;
    web::Server const& server_;
    MetricsBoard& board_;
    RequestBatch batch_;
    AskedCalls asked_;
    std::size_t answered_ = 0;  ///< messages of `asked_`
    bool piece_waits_ = false;  ///< the piece of `batch_` has not been handed out
    LiveReplays replays_;
    MapCalls maps_;
    std::optional<std::chrono::steady_clock::time_point> drain_until_;  ///< once it is to end
    std::optional<std::chrono::steady_clock::time_point> loads_due_;    ///< what ranks told of themselves is older
    std::string error_;
};

}  // namespace tessera::desk
