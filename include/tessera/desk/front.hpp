#pragma once
#include <atomic>
#include <string>

#include "tessera/desk/inbox.hpp"

namespace tessera::desk {

/// Deals with each call as it comes in: replies to what needs no trips, and puts the rest into the inbox.
class Front {
  public:
    enum class State { loading, ready, draining };

    /// Local. The inbox is kept as a reference.
    explicit Front(Inbox& inbox) : inbox_(inbox) {}
    /// Local; the server's thread. Never waits.
    void take(web::Call&& call);
    /// Local, any thread. Before it is ready, only the page and health are answered.
    void become_ready() {
        is_loaded_ = true;
        State loading = State::loading;
        state_.compare_exchange_strong(loading, State::ready);  // it may have been told to end meanwhile
    }
    /// Local, any thread.
    void begin_to_drain() { state_ = State::draining; }
    State state() const { return state_; }

  private:
    Inbox& inbox_;
    std::atomic<State> state_{State::loading};
    std::atomic<bool> is_loaded_{false};
};

}  // namespace tessera::desk
