#include "tessera/comm/clock.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "harness/world.hpp"

namespace tessera::comm {
namespace {

using harness::world;

TEST(Clock, RanksOfOneHostHaveTheSame) {
    auto const offsets = compare_clocks(world(), true);
    ASSERT_EQ(offsets.size(), world().is_root() ? static_cast<std::size_t>(world().size()) : 0U);
    for (ClockOffset const& offset : offsets) {
        // However slow the machine is: what is found is off by at most what it says (and the grain of a double).
        EXPECT_LE(std::abs(offset.ahead_s), offset.uncertain_s + 1e-5);
        EXPECT_GE(offset.uncertain_s, 0);
    }
}

TEST(Clock, WhoDoesNotAskGetsNoAnswer) {
    bool const asks = world().rank() == world().size() - 1;
    auto const offsets = compare_clocks(world(), asks);
    for (std::size_t rank = 0; rank + 1 < offsets.size(); ++rank) {
        EXPECT_EQ(offsets[rank].ahead_s, 0);
        EXPECT_EQ(offsets[rank].uncertain_s, 0);
    }
    if (world().is_root() && world().size() > 1) {
        EXPECT_GT(offsets.back().uncertain_s, 0);
    }
}

}  // namespace
}  // namespace tessera::comm
