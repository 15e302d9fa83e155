#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "tessera/web/call.hpp"

namespace tessera::desk {

/// Calls on their way from the server's thread to the main one.
class Inbox {
  public:
    using Clock = std::chrono::steady_clock;

    /// Local, any thread. How many may be in it is the server's to limit.
    void put(web::Call&& call);
    /// Local, any thread. Ends the waiting of `take` even if nothing comes.
    void wake();
    /// Local. All that is there, in the order in which it came; sleeps until there is something, until it is woken, or
    /// until then.
    std::vector<web::Call> take(Clock::time_point until);
    /// Local, any thread. How many are in it.
    std::size_t size() const;

  private:
    std::mutex mutable mutex_;
    std::condition_variable came_;
    std::vector<web::Call> calls_;
    bool woken_ = false;
};

}  // namespace tessera::desk
