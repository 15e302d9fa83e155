#include "tessera/comm/patience.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "harness/world.hpp"
#include "tessera/core/error.hpp"

namespace tessera::comm {
namespace {

using harness::world;

TEST(Patience, BroadcastBringsTheRootsBytes) {
    for (std::size_t const length : {0U, 1U, 1000U, 300'000U}) {
        std::vector<std::byte> bytes(length, world().is_root() ? std::byte{7} : std::byte{9});
        broadcast_patiently(world(), bytes);
        EXPECT_EQ(bytes == std::vector<std::byte>(length, std::byte{7}), true) << length;
    }
}

TEST(Patience, TheRootDecidesForAll) {
    for (bool const wanted : {true, false, true}) {
        int calls = 0;
        bool const got = decide_on_root_patiently(world(), "deciding", [&] {
            ++calls;
            return wanted;
        });
        EXPECT_EQ(got, wanted);
        EXPECT_EQ(calls, world().is_root() ? 1 : 0);
    }
}

TEST(Patience, TheRootsErrorIsEverybodys) {
    try {
        decide_on_root_patiently(world(), "deciding", []() -> bool { throw std::runtime_error("no paper"); });
        ADD_FAILURE() << "should have thrown";
    } catch (core::StageError const& error) {
        EXPECT_EQ(error.rank(), 0);
        EXPECT_NE(std::string(error.what()).find("no paper"), std::string::npos);
    }
}

/// Processor time, which a busy machine makes no longer: waiting ranks would use all of the wait if they did not sleep.
TEST(Patience, WaitingRanksSleep) {
    using namespace std::chrono_literals;
    std::clock_t const before = std::clock();
    decide_on_root_patiently(world(), "sleeping", [] {
        std::this_thread::sleep_for(1s);
        return true;
    });
    double const seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    EXPECT_LT(seconds, 0.3);
}

}  // namespace
}  // namespace tessera::comm
