#include "tessera/comm/placement.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/machine/cgroup.hpp"

namespace tessera::comm {
namespace {

using harness::world;

/// Cores of the container, 0 for no limit.
int cores_by_quota() {
    return static_cast<int>(std::ceil(machine::read_cgroup_limits().cores));
}

/// Cores for all ranks of this node together when each may run on all of them (the tests bind none).
int cores_for_all() {
    int const cores = static_cast<int>(std::thread::hardware_concurrency());  // by affinity, in glibc
    int const quota = cores_by_quota();
    return quota > 0 ? std::min(cores, quota) : cores;
}

/// Binds this thread while it lives.
class BoundTo {
  public:
    explicit BoundTo(cpu_set_t const& cores) {
        sched_getaffinity(0, sizeof before_, &before_);
        sched_setaffinity(0, sizeof cores, &cores);
    }
    ~BoundTo() { sched_setaffinity(0, sizeof before_, &before_); }
    BoundTo(BoundTo const&) = delete;
    BoundTo& operator=(BoundTo const&) = delete;

  private:
    cpu_set_t before_;
};

TEST(Placement, RanksThatMayRunAnywhereShareTheCores) {
    EXPECT_EQ(threads_for_this_rank(world()), std::max(1, cores_for_all() / world().size()));
}

TEST(Placement, AllRanksOnOneCoreGetAThreadEach) {
    cpu_set_t allowed, one;
    sched_getaffinity(0, sizeof allowed, &allowed);
    CPU_ZERO(&one);
    for (int core = 0; core < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++core)
        if (CPU_ISSET(core, &allowed)) CPU_SET(core, &one);
    BoundTo const bound(one);
    EXPECT_EQ(threads_for_this_rank(world()), 1);
}

TEST(Placement, RanksOnCoresOfTheirOwnShareNone) {
    cpu_set_t allowed, own;
    sched_getaffinity(0, sizeof allowed, &allowed);
    CPU_ZERO(&own);
    int const each = CPU_COUNT(&allowed) / world().size();
    if (each == 0) GTEST_SKIP() << "fewer cores than ranks";
    for (int core = 0, seen = 0; core < CPU_SETSIZE; ++core) {
        if (!CPU_ISSET(core, &allowed)) continue;
        if (seen / each == world().rank()) CPU_SET(core, &own);
        ++seen;
    }
    BoundTo const bound(own);
    int const quota = cores_by_quota();
    int const want = quota > 0 ? std::min(each, std::max(1, quota / world().size())) : each;
    EXPECT_EQ(threads_for_this_rank(world()), want);
}

}  // namespace
}  // namespace tessera::comm
