#include "tessera/app/crowd.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace tessera::app {
namespace {

TEST(Crowd, IsMoreThreadsOnANodeThanCores) {
    unsetenv("OMP_NUM_THREADS");
    EXPECT_TRUE(is_crowded({"ingest", "--threads", "2"}, 4, 2));
    EXPECT_TRUE(is_crowded({"ingest", "--threads=2"}, 4, 7));
    EXPECT_FALSE(is_crowded({"ingest", "--threads", "2"}, 4, 8));
    EXPECT_FALSE(is_crowded({"ingest", "--threads", "1"}, 4, 2)) << "a single thread waits for nobody";
    EXPECT_FALSE(is_crowded({"ingest", "--threads", "8"}, 1, 2)) << "OpenMP sees that by itself";
    EXPECT_FALSE(is_crowded({"ingest", "--threads", "8"}, 0, 2)) << "no launcher";
    EXPECT_FALSE(is_crowded({"ingest"}, 4, 2)) << "as many threads as fit";
    EXPECT_FALSE(is_crowded({"ingest", "--threads"}, 4, 2));
    EXPECT_FALSE(is_crowded({"ingest", "--threads", "many"}, 4, 2));
}

TEST(Crowd, AServiceHasOneThreadMore) {
    unsetenv("OMP_NUM_THREADS");
    EXPECT_TRUE(is_crowded({"serve"}, 0, 2)) << "as many threads as there are cores";
    EXPECT_TRUE(is_crowded({"serve", "--threads", "2"}, 1, 2));
    EXPECT_TRUE(is_crowded({"serve", "--threads", "2"}, 0, 2));
    EXPECT_TRUE(is_crowded({"serve", "--threads", "2"}, 4, 8));
    EXPECT_FALSE(is_crowded({"serve", "--threads", "2"}, 1, 3));
    EXPECT_FALSE(is_crowded({"serve", "--threads", "1"}, 4, 2));
}

TEST(Crowd, HearsOpenMpsEnvironment) {
    setenv("OMP_NUM_THREADS", "2,1", 1);
    EXPECT_TRUE(is_crowded({"info"}, 2, 2));
    EXPECT_FALSE(is_crowded({"info", "--threads", "1"}, 2, 2)) << "the command line is heard first";
    unsetenv("OMP_NUM_THREADS");
}

}  // namespace
}  // namespace tessera::app
