#include "tessera/feed/stop_signal.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>

namespace tessera::feed {
namespace {

bool is_readable(int descriptor) {
    pollfd watched{descriptor, POLLIN, 0};
    return ::poll(&watched, 1, 0) == 1;
}

void leave_unharmed(bool unharmed) {
    std::_Exit(unharmed ? 0 : 1);
}

TEST(StopSignal, TheFirstAsks) {
    for (int const signal : {SIGTERM, SIGINT, SIGUSR1}) {
        StopSignal const stop(StopSignal::Role::listen);
        EXPECT_FALSE(stop.requested());
        EXPECT_FALSE(is_readable(stop.descriptor()));
        ::raise(signal);
        EXPECT_TRUE(stop.requested());
        EXPECT_TRUE(is_readable(stop.descriptor()));
    }
}

TEST(StopSignal, TheSecondEnds) {
    auto const insist = [](StopSignal::Role role, int signal) {
        StopSignal const stop(role);
        ::raise(SIGTERM);
        for (;;) {  // until it is no longer the same as the first
            ::usleep(10'000);
            ::raise(signal);
        }
    };
    EXPECT_EXIT(insist(StopSignal::Role::listen, SIGTERM), ::testing::KilledBySignal(SIGTERM), "");
    EXPECT_EXIT(insist(StopSignal::Role::listen, SIGINT), ::testing::KilledBySignal(SIGINT), "");
    EXPECT_EXIT(insist(StopSignal::Role::ignore, SIGTERM), ::testing::KilledBySignal(SIGTERM), "");
}

TEST(StopSignal, TwoAtOnceAreOne) {
    auto const send_both = [] {
        StopSignal const stop(StopSignal::Role::listen);
        sigset_t both;
        ::sigemptyset(&both);
        ::sigaddset(&both, SIGTERM);
        ::sigaddset(&both, SIGINT);
        ::sigprocmask(SIG_BLOCK, &both, nullptr);
        ::raise(SIGTERM);
        ::raise(SIGINT);
        ::sigprocmask(SIG_UNBLOCK, &both, nullptr);
        leave_unharmed(stop.requested());
    };
    EXPECT_EXIT(send_both(), ::testing::ExitedWithCode(0), "");
}

TEST(StopSignal, OthersSurviveAndDoNotAct) {
    auto const survive = [] {
        StopSignal const stop(StopSignal::Role::ignore);
        ::raise(SIGTERM);
        leave_unharmed(!stop.requested() && !is_readable(stop.descriptor()));
    };
    EXPECT_EXIT(survive(), ::testing::ExitedWithCode(0), "");
}

TEST(StopSignal, LeavesHandlersAsTheyWere) {
    struct sigaction before {
    }, after{};
    before.sa_handler = SIG_IGN;
    ::sigaction(SIGINT, &before, nullptr);
    { StopSignal const stop(StopSignal::Role::listen); }
    ::sigaction(SIGINT, nullptr, &after);
    EXPECT_EQ(after.sa_handler, SIG_IGN);
    ::signal(SIGINT, SIG_DFL);
    ::sigaction(SIGTERM, nullptr, &after);
    EXPECT_EQ(after.sa_handler, SIG_DFL);
}

TEST(StopSignal, ThereIsOne) {
    StopSignal const stop(StopSignal::Role::listen);
    EXPECT_THROW(StopSignal{StopSignal::Role::listen}, std::logic_error);
}

}  // namespace
}  // namespace tessera::feed
