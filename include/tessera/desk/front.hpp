#pragma once
#include <atomic>
#include <string>

#include "tessera/desk/inbox.hpp"
#include "tessera/desk/metrics_board.hpp"
#include "tessera/web/server.hpp"

namespace tessera::desk {

/// Deals with each call as it comes in: replies to what needs no trips, and puts the rest into the inbox. Metrics are
/// of the first kind: who watches a service wants to know most when it is slow.
class Front {
  public:
    enum class State { loading, ready, draining };

    /// Local. References are kept.
    Front(Inbox& inbox, MetricsBoard const& board) : inbox_(inbox), board_(board) {}
    /// Local. The server whose calls it takes, from then on; kept as a reference.
    void stand_before(web::Server const& server) { server_ = &server; }
    /// Local; the server's thread. Never waits.
    void take(web::Call&& call);
    /// Local, any thread. Before it is ready, only the page, health and metrics are answered.
    void become_ready() {
        is_loaded_ = true;
        State loading = State::loading;
        state_.compare_exchange_strong(loading, State::ready);  // it may have been told to end meanwhile
    }
    /// Local, any thread.
    void begin_to_drain() { state_ = State::draining; }
    State state() const { return state_; }

  private:
    web::Reply tell_metrics() const;

    Inbox& inbox_;
    MetricsBoard const& board_;
    web::Server const* server_ = nullptr;
    std::atomic<State> state_{State::loading};
    std::atomic<bool> is_loaded_{false};
};

}  // namespace tessera::desk
