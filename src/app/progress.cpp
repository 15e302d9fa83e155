#include "tessera/app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace tessera::app {

Progress::Progress(bool is_root, Launch const& launch)
    : shown_(is_root && (launch.progress == Launch::Progress::always ||
                         (launch.progress == Launch::Progress::automatic && ::isatty(STDERR_FILENO) == 1))) {}

Progress::~Progress() {
    clear();
}

void Progress::show(std::string_view stage, std::uint64_t done, std::uint64_t total) {
    if (!shown_) return;
    double const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    std::string const share =
        total > 0 ? fmt::format(" {:3.0f} %", 100.0 * static_cast<double>(done) / static_cast<double>(total)) : "";
    fmt::print(stderr, "\r\x1b[K[{:6.1f} s] {}{}", seconds, stage, share);
    std::fflush(stderr);
    on_line_ = true;
}

void Progress::clear() {
    if (!on_line_) return;
    fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr);
    on_line_ = false;
}

}  // namespace tessera::app
