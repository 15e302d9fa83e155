#include "tessera/tiling/cut_runs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "harness/seed.hpp"

namespace tessera::tiling {
namespace {

using Weights = std::vector<std::uint64_t>;
using Cuts = std::vector<std::size_t>;
__extension__ using Wide = unsigned __int128;

/// The oracle: each entry goes to the last run whose share of the total starts at or before it.
Cuts cut_slowly(Weights const& weights, int runs) {
    auto const n = static_cast<std::size_t>(runs);
    Wide total = 0, before = 0;
    for (std::uint64_t const weight : weights)
        total += weight;
    Cuts cuts(n + 1, weights.size());
    cuts[0] = 0;
    for (std::size_t i = weights.size(); i-- > 0;) {
        before = 0;
        for (std::size_t j = 0; j < i; ++j)
            before += weights[j];
        std::size_t run = 0;
        while (run + 1 < n && total * (run + 1) / n <= before)
            ++run;
        for (std::size_t r = 1; r <= run; ++r)
            cuts[r] = i;
    }
    return cuts;
}

void expect_good(Weights const& weights, int runs) {
    SCOPED_TRACE(::testing::Message() << weights.size() << " weights, " << runs << " runs");
    Cuts const cuts = cut_runs(weights, runs);
    ASSERT_EQ(cuts, cut_slowly(weights, runs));
    ASSERT_EQ(cuts.size(), static_cast<std::size_t>(runs) + 1);
    EXPECT_EQ(cuts.front(), 0U);
    EXPECT_EQ(cuts.back(), weights.size());
    EXPECT_TRUE(std::is_sorted(cuts.begin(), cuts.end()));
    std::uint64_t const total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    std::uint64_t const largest = weights.empty() ? 0 : *std::max_element(weights.begin(), weights.end());
    auto const sums = weigh_runs(weights, cuts);
    ASSERT_EQ(sums.size(), static_cast<std::size_t>(runs));
    EXPECT_EQ(std::accumulate(sums.begin(), sums.end(), std::uint64_t{0}), total);
    EXPECT_LE(*std::max_element(sums.begin(), sums.end()), total / static_cast<std::uint64_t>(runs) + largest);
}

TEST(CutRuns, CutsEqualWeightsEqually) {
    EXPECT_EQ(cut_runs(Weights(12, 7), 4), (Cuts{0, 3, 6, 9, 12}));
    EXPECT_EQ(cut_runs(Weights{1, 1, 1, 1, 1}, 2), (Cuts{0, 2, 5}));
    EXPECT_EQ(cut_runs(Weights{9, 1, 1, 1}, 2), (Cuts{0, 1, 4}));
    EXPECT_EQ(weigh_runs(Weights{9, 1, 1, 1}, Cuts{0, 1, 1, 4}), (Weights{9, 0, 3}));
}

TEST(CutRuns, WorksAtTheEdges) {
    for (int const runs : {1, 2, 3, 7, 100}) {
        expect_good({}, runs);
        expect_good({0}, runs);
        expect_good(Weights(20, 0), runs);
        expect_good({1}, runs);
        expect_good({0, 0, 5, 0, 0}, runs);
        expect_good({1, 2, 3}, runs);
        expect_good({1'000'000, 1, 1, 1}, runs);
        expect_good({1, 1, 1, 1'000'000}, runs);
    }
}

TEST(CutRuns, LargeSumsDoNotOverflow) {
    constexpr std::uint64_t half = std::uint64_t{1} << 62;
    for (int const runs : {1, 2, 3, 5, 1000, 65'537}) {
        expect_good({half, half - 1}, runs);
        expect_good({half - 1, 1, half - 1}, runs);
        expect_good(Weights(63, half / 32), runs);
    }
}

TEST(CutRuns, RandomWeights) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 2000 && !::testing::Test::HasFailure(); ++i) {
        std::uint64_t const largest = std::uint64_t{1} << (random() % 56);
        Weights weights(random() % 60);
        for (std::uint64_t& weight : weights)
            weight = random() % 5 == 0 ? 0 : random() % 9 == 0 ? largest : random() % (largest / 8 + 2);
        expect_good(weights, 1 + static_cast<int>(random() % 80));
    }
}

}  // namespace
}  // namespace tessera::tiling
