#include "tessera/report/plan.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tessera::report {
namespace {

RankPlans two_plans() {
    RankPlans plans;
    plans.trips = 100'000;
    plans.largest_tile = 1'000;
    plans.questions = 20'000;
    plans.k = 10;
    plans.plans = {{1, 100'000, 1, 1, 100'000, {0, 0, 0}, {0, 0, 0}},
                   {16, 6'500, 1, 16, 25'000, {20, 300, 600}, {2'000, 4'000, 20'000}}};
    return plans;
}

TEST(PlansTable, HasALineForEachNumberOfRanks) {
    EXPECT_EQ(plans_table(two_plans()),
              "                         |  a fixed grid             |  second needed, %     |  second asked, %\n"
              "ranks  max/mean   bound  |  max/mean  columns  rows  |    0 m   50 m  100 m  |    0 m   50 m   100 m\n"
              "    1    1.0000  1.0100  |      1.00        1     1  |   0.00   0.00   0.00  |   0.00   0.00    0.00\n"
              "   16    1.0400  1.1600  |      4.00        1    16  |   0.10   1.50   3.00  |  10.00  20.00  100.00\n"
              "second: of 20,000 nearest questions, k 10, so far from a pick-up at most, those about two ranks\n");
}

TEST(PlansJson, HasTheSameNumbers) {
    auto const json = plans_json(two_plans());
    EXPECT_EQ(json["near_m"], nlohmann::json({0, 50, 100}));
    auto const& plan = json["plans"][1];
    EXPECT_EQ(plan["ranks"], 16);
    EXPECT_DOUBLE_EQ(plan["max_over_mean"], 1.04);
    EXPECT_DOUBLE_EQ(plan["bound"], 1.16);
    EXPECT_DOUBLE_EQ(plan["grid_max_over_mean"], 4);
    EXPECT_DOUBLE_EQ(plan["second_rank_needed"][1], 0.015);
    EXPECT_DOUBLE_EQ(plan["second_rank_asked"][2], 1);
}

TEST(PlansTable, OfAStoreWithoutTrips) {
    RankPlans plans;
    plans.plans = {{4, 0, 1, 4, 0, {}, {}}};
    EXPECT_NE(plans_table(plans).find("    4    1.0000  1.0000  |      1.00        1     4  |   0.00"),
              std::string::npos)
        << plans_table(plans);
}

}  // namespace
}  // namespace tessera::report
