#pragma once
#include <chrono>
#include <deque>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "tessera/desk/metrics_board.hpp"
#include "tessera/query/live_windows.hpp"
#include "tessera/request/read_request.hpp"
#include "tessera/web/call.hpp"

namespace tessera::desk {

/// What is replayed where a client does not say: the time span of the store.
struct ReplaySpan {
    core::WallTime first{};
    core::WallTime last{};
};

/// Streams of events, each a replay at its own pace: windows are asked for before they are due, and sent when they are.
class LiveReplays {
  public:
    using Clock = std::chrono::steady_clock;

    /// Local. The board is kept as a reference.
    LiveReplays(ReplaySpan span, MetricsBoard& board) : span_(span), board_(board) {}

    /// Local. Begins the replay that a call asks for, or replies why not.
    void add(web::Call&& call, Clock::time_point now);
    /// Local. Asks for windows that will be due soon.
    void ask(std::vector<query::LiveQuestion>& questions);
    /// Local. Takes what was asked for last.
    void take(std::vector<std::vector<query::LiveWindow>>& lists);
    /// Local. Sends what is due.
    void send(Clock::time_point now);
    /// Local. When something will be due; `latest` where nothing is before.
    Clock::time_point next_due(Clock::time_point latest) const;
    /// Local. Ends all of them.
    void end_all() { replays_.clear(); }
    /// Streams under way.
    std::size_t size() const { return replays_.size(); }

  private:
    struct Replay {
        std::shared_ptr<web::EventStream> stream;
        query::LiveQuestion question;  ///< whose `first` is the window to be asked for next
        double speed = 1;
        Clock::time_point start{};
        std::deque<query::LiveWindow> ready;
        std::uint64_t sent = 0;  ///< windows
        std::uint64_t trips = 0;
        bool asking = false;

        Clock::time_point due() const;  ///< of the window to be sent next
    };
    Replay read(web::Query const& query);
    void send_window(Replay& replay, Clock::time_point now);

    ReplaySpan span_;
    MetricsBoard& board_;
    std::list<Replay> replays_;
    request::RequestReader reader_{request::Limits{}};
};

}  // namespace tessera::desk
