#include "tessera/app/pace.hpp"

#include <poll.h>

#include <algorithm>
#include <cmath>

namespace tessera::app {
namespace {

timespec timespec_of(double seconds) {
    // Rounded up, so that one does not come too early and has to sleep again.
    auto const nanoseconds = static_cast<std::int64_t>(std::ceil(seconds * 1e9));
    return {nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
}

}  // namespace

void Pace::start(core::WallTime now) {
    start_time_ = now;
    start_ = std::chrono::steady_clock::now();
}

double Pace::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

double Pace::due_after(core::WallTime time) const {
    return (static_cast<double>(time.count) - start_time_.count) / speed_;
}

bool Pace::is_due(core::WallTime time) const {
    return speed_ == 0 || stop_.requested() || seconds() >= due_after(time);
}

bool Pace::nap_until(double seconds_after_start) const {
    double const left = seconds_after_start - seconds();
    if (left <= 0 || stop_.requested()) return false;
    timespec const nap = timespec_of(std::min(left, 1.0));
    pollfd asked{stop_.descriptor(), POLLIN, 0};
    ::ppoll(&asked, 1, &nap, nullptr);
    return true;
}

std::int64_t Pace::milliseconds_behind(core::WallTime time) const {
    if (speed_ == 0) return 0;
    return std::max<std::int64_t>(0, std::llround((seconds() - due_after(time)) * 1000));
}

}  // namespace tessera::app
