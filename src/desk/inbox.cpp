#include "tessera/desk/inbox.hpp"

#include <utility>

namespace tessera::desk {

void Inbox::put(web::Call&& call) {
    bool first = false;
    {
        std::lock_guard const lock(mutex_);
        first = calls_.empty();
        calls_.push_back(std::move(call));
    }
    if (first) came_.notify_one();
}

void Inbox::wake() {
    {
        std::lock_guard const lock(mutex_);
        woken_ = true;
    }
    came_.notify_one();
}

std::vector<web::Call> Inbox::take(Clock::time_point until) {
    std::unique_lock lock(mutex_);
    came_.wait_until(lock, until, [&] { return woken_ || !calls_.empty(); });
    woken_ = false;
    return std::exchange(calls_, {});
}

std::size_t Inbox::size() const {
    std::lock_guard const lock(mutex_);
    return calls_.size();
}

}  // namespace tessera::desk
