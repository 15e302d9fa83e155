#include "tessera/comm/single_copy.hpp"

#include <gtest/gtest.h>

#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"

namespace tessera::comm {
namespace {

using harness::world;

TEST(SingleCopy, IsToldOfWhereverThereIsANeighbour) {
    SingleCopy const tried = try_single_copy(world());
    Communicator const node = split_by_node(world());
    EXPECT_EQ(tried.outcome == SingleCopy::Outcome::alone, node.size() == 1);
    EXPECT_EQ(tried.outcome == SingleCopy::Outcome::refused, !tried.reason.empty()) << tried.reason;
}

TEST(SingleCopy, IsTheSameWhenTriedAgain) {
    auto const first = try_single_copy(world()), second = try_single_copy(world());
    EXPECT_EQ(first.outcome, second.outcome);
    EXPECT_EQ(first.reason, second.reason);
}

}  // namespace
}  // namespace tessera::comm
