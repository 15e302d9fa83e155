#include "tessera/comm/decide.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <stdexcept>
#include <string>
#include <thread>

#include "harness/world.hpp"
#include "tessera/core/error.hpp"

namespace tessera::comm {
namespace {

using harness::world;

TEST(Decide, TheRootDecidesForAll) {
    auto const doorbell = hang_doorbell(world());
    for (bool const wanted : {true, false, true}) {
        int calls = 0;
        bool const got = decide_on_root(world(), doorbell, "deciding", [&] {
            ++calls;
            return wanted;
        });
        EXPECT_EQ(got, wanted);
        EXPECT_EQ(calls, world().is_root() ? 1 : 0);
    }
}

TEST(Decide, TheRootsErrorIsEverybodys) {
    auto const doorbell = hang_doorbell(world());
    try {
        decide_on_root(world(), doorbell, "deciding", []() -> bool { throw std::runtime_error("no paper"); });
        ADD_FAILURE() << "should have thrown";
    } catch (core::StageError const& error) {
        EXPECT_EQ(error.rank(), 0);
        EXPECT_NE(std::string(error.what()).find("no paper"), std::string::npos);
    }
}

/// Processor time, which a busy machine makes no longer: waiting ranks would use all of the wait if they did not sleep.
TEST(Decide, WaitingRanksSleep) {
#ifdef TESSERA_CHECK_COLLECTIVES
    GTEST_SKIP() << "comparing collectives, ranks wait for each other without sleep";
#endif
    auto const doorbell = hang_doorbell(world());
    using namespace std::chrono_literals;
    std::clock_t const before = std::clock();
    decide_on_root(world(), doorbell, "sleeping", [] {
        std::this_thread::sleep_for(1s);
        return true;
    });
    EXPECT_LT(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC, 0.3);
}

}  // namespace
}  // namespace tessera::comm
