#pragma once
#include <chrono>
#include <cstdint>

#include "tessera/core/units.hpp"
#include "tessera/feed/stop_signal.hpp"

namespace tessera::app {

/// Trip time against the clock: so many seconds of it pass in one second. Once a stop is asked for, all is due.
class Pace {
  public:
    /// Local. `speed` 0: everything is due, and nothing is ever behind. The stop signal must outlive it.
    Pace(double speed, feed::StopSignal const& stop) : speed_(speed), stop_(stop) {}

    /// Local. That trip time is now.
    void start(core::WallTime now);
    /// Local. Whether that trip time has come.
    bool is_due(core::WallTime time) const;
    /// Seconds from the start until that trip time comes.
    double due_after(core::WallTime time) const;
    /// Local. Sleeps towards so many seconds after the start, but no longer than a second; returns early where a stop
    /// is asked for. False once there is nothing left to wait for.
    bool nap_until(double seconds_after_start) const;
    /// Local. Since that trip time came; 0 where it has not.
    std::int64_t milliseconds_behind(core::WallTime time) const;
    /// Local. Since the start.
    double seconds() const;

  private:
    double speed_;
    feed::StopSignal const& stop_;
    core::WallTime start_time_{};
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace tessera::app
