#include "tessera/app/plan_ranks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "harness/seed.hpp"
#include "query/random_tiles.hpp"
#include "tessera/geo/great_circle.hpp"
#include "tessera/tiling/cut_runs.hpp"

namespace tessera::app {
namespace {

constexpr geo::Box region{-743000000, 404500000, -736000000, 410000000};

class PlanRanks : public ::testing::Test {
  protected:
    PlanRanks() {
        query::testing::Random random(harness::seed());
        loaded_ = query::testing::tile_up(query::testing::make_trips(random, {.trips = 5000, .odd_values = false}), 30);
    }

    /// The oracle: which ranks have a tile that is no farther than the k-th of all trips.
    std::set<std::size_t> ranks_of(query::NearestQuestion const& question, std::vector<std::size_t> const& cuts) const {
        std::vector<double> metres;
        for (std::size_t row = 0; row < loaded_.trips.size(); ++row)
            metres.push_back(
                geo::great_circle_metres(question.at, query::end_of(loaded_.trips, query::End::pickup, row)));
        std::nth_element(metres.begin(), metres.begin() + static_cast<std::ptrdiff_t>(question.k) - 1, metres.end());
        std::set<std::size_t> ranks;
        for (std::size_t rank = 0; rank + 1 < cuts.size(); ++rank)
            for (std::size_t tile = cuts[rank]; tile < cuts[rank + 1]; ++tile)
                if (geo::metres_of(geo::DistanceFrom(question.at).lower_bound(loaded_.tiles.pickup_box[tile])) <=
                    metres[question.k - 1] * (1 + 1e-6))
                    ranks.insert(rank);
        return ranks;
    }

    geo::LoadedTiles loaded_;
};

TEST_F(PlanRanks, CountsWhatBruteForceCounts) {
    std::vector<std::uint64_t> weights;
    for (std::size_t tile = 0; tile < loaded_.tiles.size(); ++tile)
        weights.push_back(loaded_.tiles.trips_in(tile));
    std::vector<int> const counts{1, 2, 5, 16, 64};
    constexpr std::size_t questions = 150;
    auto const plans = plan_ranks(loaded_, region, counts, questions);
    ASSERT_EQ(plans.plans.size(), counts.size());
    EXPECT_EQ(plans.questions, questions);
    for (std::size_t i = 0; i < report::near_metres.size(); ++i)
        for (report::RankPlan const& plan : plans.plans) {
            std::uint64_t shared = 0;
            for (auto const& question : questions_near_trips(loaded_.trips, questions, report::near_metres[i]))
                shared += ranks_of(question, tiling::cut_runs(weights, plan.ranks)).size() > 1 ? 1 : 0;
            EXPECT_EQ(plan.second_needed[i], shared) << plan.ranks << " ranks, " << report::near_metres[i] << " m";
            EXPECT_GE(plan.second_asked[i], shared);
        }
    EXPECT_EQ(plans.plans.front().second_asked.back(), 0U);
    EXPECT_GT(plans.plans.back().second_needed.back(), 0U);
    EXPECT_LT(plans.plans.back().second_needed.back(), questions);
}

/// DESIGN.md's promise: max/mean is at most 1 + the largest tile / mean.
TEST_F(PlanRanks, KeepsItsBound) {
    std::vector<int> every;
    for (int ranks = 1; ranks <= 128; ++ranks)
        every.push_back(ranks);
    auto const plans = plan_ranks(loaded_, region, every, 0);
    EXPECT_GT(plans.largest_tile, 0U);
    for (report::RankPlan const& plan : plans.plans) {
        auto const trips = trips_per_rank(loaded_.tiles, plan.ranks);
        auto const ranks = static_cast<std::uint64_t>(plan.ranks);
        EXPECT_EQ(plan.most_trips, *std::max_element(trips.begin(), trips.end()));
        EXPECT_LE(plan.most_trips * ranks, plans.trips + plans.largest_tile * ranks) << ranks;
        EXPECT_GE(plan.grid_most_trips * ranks, plans.trips);
    }
}

TEST_F(PlanRanks, AsksNearTripsAndAlwaysTheSame) {
    for (std::int32_t const metres : {0, 50, 100}) {
        auto const questions = questions_near_trips(loaded_.trips, 100, metres);
        auto const again = questions_near_trips(loaded_.trips, 100, metres);
        for (std::size_t i = 0; i < questions.size(); ++i) {
            EXPECT_EQ(questions[i].at, again[i].at);
            double nearest = 1e9;
            for (std::size_t row = 0; row < loaded_.trips.size(); ++row)
                nearest = std::min(
                    nearest,
                    geo::great_circle_metres(questions[i].at, query::end_of(loaded_.trips, query::End::pickup, row)));
            EXPECT_LE(nearest, metres * 1.5) << "the corner of a square";
        }
    }
}

TEST_F(PlanRanks, OfNoTrips) {
    geo::LoadedTiles none;
    none.tiles.first_trip.push_back(0);
    auto const plans = plan_ranks(none, region, {1, 4}, 10);
    EXPECT_EQ(plans.questions, 0U);
    EXPECT_EQ(plans.plans.back().most_trips, 0U);
}

}  // namespace
}  // namespace tessera::app
