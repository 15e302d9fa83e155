#include <gtest/gtest.h>

#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"

// These tests fail: they show that the harness lets no rank's failure pass (see CMakeLists.txt).
using tessera::harness::world;

TEST(Purpose, OneRankFails) {
    EXPECT_NE(world().rank(), 2) << "the message of rank 2";
}

TEST(Purpose, TheRootFails) {
    EXPECT_NE(world().rank(), 0);
}

TEST(Purpose, OneRankLeaves) {
    // Not comm::barrier, which the debug preset would not let wait.
    if (world().rank() != 1) MPI_Barrier(world().handle());
}
