#include "tessera/comm/collective_check.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"

namespace tessera::comm {
namespace {

using harness::world;

std::string report_of(std::string const& my_name) {
    try {
        compare_collectives(world(), my_name.c_str());
    } catch (std::logic_error const& error) {
        return error.what();
    }
    return {};
}

TEST(CompareCollectives, SameNamesPass) {
    EXPECT_EQ(report_of("allreduce"), "");
    EXPECT_EQ(report_of(""), "");
    EXPECT_EQ(report_of(std::string(200, 'n')), "");
}

TEST(CompareCollectives, OneRankElsewhereIsNamedOnEveryRank) {
    if (world().size() == 1) GTEST_SKIP() << "one rank is always with itself";
    for (int odd = 0; odd < world().size(); ++odd) {
        std::string want = "ranks entered different collectives:";
        for (int rank = 0; rank < world().size(); ++rank) {
            want += std::string(rank == 0 ? "" : ",") + " rank " + std::to_string(rank);
            want += rank == odd ? " broadcast" : " allreduce";
        }
        EXPECT_EQ(report_of(world().rank() == odd ? "broadcast" : "allreduce"), want);
    }
}

TEST(CompareCollectives, EachRankElsewhere) {
    if (world().size() == 1) GTEST_SKIP() << "one rank is always with itself";
    std::string const report = report_of("stage " + std::to_string(world().rank()));
    for (int rank = 0; rank < world().size(); ++rank) {
        std::string const one = "rank " + std::to_string(rank) + " stage " + std::to_string(rank);
        EXPECT_NE(report.find(one), std::string::npos) << report;
    }
}

TEST(CompareCollectives, AfterAMismatchTheRanksAreInStep) {
    for (int round = 0; round < 5; ++round) {
        bool const differ = world().size() > 1;
        EXPECT_EQ(!report_of(world().is_root() ? "a" : "b").empty(), differ);
        EXPECT_EQ(report_of("c"), "");
    }
}

#ifdef TESSERA_CHECK_COLLECTIVES
TEST(CheckedCollectives, ARankInABarrierMeetsOneInAReduction) {
    if (world().size() == 1) GTEST_SKIP() << "one rank is always with itself";
    auto const enter = [] { world().is_root() ? barrier(world()) : void(allreduce(world(), Reduction::sum, 1)); };
    EXPECT_THROW(enter(), std::logic_error);
    EXPECT_EQ(allreduce(world(), Reduction::sum, 1), world().size());
}
#endif

}  // namespace
}  // namespace tessera::comm
