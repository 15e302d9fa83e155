#include "tessera/machine/facts.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

namespace tessera::machine {
namespace {

TEST(Facts, AreThoseOfThisMachine) {
    Facts const facts = read_facts();
    char name[256] = "";
    ASSERT_EQ(gethostname(name, sizeof name - 1), 0);
    EXPECT_EQ(facts.host, name);
    EXPECT_EQ(facts.cores.size(), std::thread::hardware_concurrency());  // by affinity, in glibc
    EXPECT_GE(facts.cores_of_host, static_cast<int>(facts.cores.size()));
    long const pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
    EXPECT_NEAR(static_cast<double>(facts.memory_bytes), static_cast<double>(pages) * static_cast<double>(page_bytes),
                static_cast<double>(page_bytes));
    EXPECT_LE(facts.memory_free_bytes, facts.memory_bytes);
    EXPECT_LE(facts.shm_free_bytes, facts.shm_bytes);
    for (Card const& card : facts.cards)
        EXPECT_NE(card.address.substr(0, 4), "127.") << card.name;
}

TEST(Facts, MemoryAtHandIsTheLeastOfTwo) {
    Facts facts;
    facts.memory_free_bytes = 100;
    EXPECT_EQ(memory_at_hand(facts), 100U);
    facts.cgroup.memory_bytes = 60;
    EXPECT_EQ(memory_at_hand(facts), 60U);
    facts.cgroup.memory_bytes = 600;
    EXPECT_EQ(memory_at_hand(facts), 100U);
}

TEST(Facts, NumbersInARowBecomeRanges) {
    EXPECT_EQ(as_ranges({}), "");
    EXPECT_EQ(as_ranges({4}), "4");
    EXPECT_EQ(as_ranges({0, 1, 2, 3}), "0-3");
    EXPECT_EQ(as_ranges({0, 2, 3, 7, 9, 10, 11}), "0,2-3,7,9-11");
}

}  // namespace
}  // namespace tessera::machine
