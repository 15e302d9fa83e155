#include "tessera/feed/stop_signal.hpp"

#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "tessera/core/error.hpp"
#include "tessera/core/last_words.hpp"

namespace tessera::feed {
namespace {

/// Open MPI's mpirun does not pass SIGTERM on: it closes the ranks' input and kills them a second later. SIGUSR1 it
/// does pass on, to every rank.
constexpr std::array watched_signals{SIGTERM, SIGINT, SIGUSR1};

/// Signals that come together are one: timeout(1) sends one to the process and another to its group.
constexpr std::int64_t together_nanoseconds = 250'000'000;

// A signal handler gets no argument, and so what it needs is here.
std::atomic<bool> watching{false};
std::atomic<bool> listening{false};
std::atomic<bool> asked{false};
std::atomic<std::int64_t> first_at{0};  // nanoseconds; 0: no signal yet
std::array<int, 2> wake_pipe{-1, -1};
std::array<struct sigaction, watched_signals.size()> actions_before{};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now_nanoseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// Calls only what POSIX allows in a handler.
void on_signal(int signal) {
    int const kept_errno = errno;
    std::int64_t const now = now_nanoseconds();
    std::int64_t first = 0;
    if (!first_at.compare_exchange_strong(first, now)) {
        if (now - first > together_nanoseconds) core::end_with_last_words(signal);
    } else if (listening) {
        core::say_that_it_finishes(signal);
        asked = true;
        char const byte = 0;
        [[maybe_unused]] ssize_t const written = ::write(wake_pipe[1], &byte, 1);
    } else if (core::is_heir()) {  // nobody will tell this rank
        core::end_with_last_words(signal);
    }
    errno = kept_errno;
}

void close_pipe() {
    for (int& end : wake_pipe) {
        if (end >= 0) ::close(end);
        end = -1;
    }
}

void restore_actions(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        ::sigaction(watched_signals[i], &actions_before[i], nullptr);
}

[[noreturn]] void refuse(std::string const& what) {
    int const error = errno;
    close_pipe();
    watching = false;
    throw core::DataError("cannot watch for SIGTERM, SIGINT and SIGUSR1: " + what + " (" +
                          core::system_error_text(error) + "); raise the limit of open files (ulimit -n)");
}

}  // namespace

StopSignal::StopSignal(Role role) {
    if (watching.exchange(true)) throw std::logic_error("a process has one StopSignal");
    asked = false;
    first_at = 0;
    listening = role == Role::listen;
    if (::pipe2(wake_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) refuse("pipe");
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;  // libraries need not know of signals; poll returns all the same
    for (std::size_t i = 0; i < watched_signals.size(); ++i)
        if (::sigaction(watched_signals[i], &action, &actions_before[i]) != 0) {
            restore_actions(i);
            refuse("sigaction");
        }
}

StopSignal::~StopSignal() {
    restore_actions(watched_signals.size());
    close_pipe();
    watching = false;
}

bool StopSignal::requested() const {
    return asked;
}

int StopSignal::descriptor() const {
    return wake_pipe[0];
}

}  // namespace tessera::feed
