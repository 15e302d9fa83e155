#pragma once
#include <atomic>
#include <exception>
#include <mutex>

namespace tessera::core {

/// Carries an exception out of an OpenMP region, which it must not cross by itself.
/// Call `run` inside the region and `rethrow` after it; the first exception wins, and later work is skipped.
class ExceptionKeeper {
  public:
    template <class Work>
    void run(Work&& work) {
        if (caught()) return;
        try {
            work();
        } catch (...) {
            std::lock_guard const lock(mutex_);
            if (!first_) first_ = std::current_exception();
            caught_.store(true, std::memory_order_release);
        }
    }
    /// Whether some thread has failed, so that others may stop early.
    bool caught() const { return caught_.load(std::memory_order_acquire); }
    void rethrow() {
        if (first_) std::rethrow_exception(first_);
    }

  private:
    std::mutex mutex_;
    std::exception_ptr first_;
    std::atomic<bool> caught_{false};
};

}  // namespace tessera::core
