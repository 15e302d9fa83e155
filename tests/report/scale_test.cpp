#include "tessera/report/scale.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "harness/seed.hpp"
#include "tessera/core/error.hpp"
#include "tessera/report/picture.hpp"

namespace tessera::report {
namespace {

using Counts = std::vector<std::uint64_t>;

/// The share of lit pixels that are not brighter, stretched to 0 to 1: counted one by one.
double slow_eq(Counts const& counts, std::uint64_t count) {
    auto const not_greater = [&](std::uint64_t limit) {
        return std::count_if(counts.begin(), counts.end(), [&](auto c) { return c > 0 && c <= limit; });
    };
    std::uint64_t least = count;
    for (std::uint64_t const c : counts)
        if (c > 0) least = std::min(least, c);
    auto const lit = std::count_if(counts.begin(), counts.end(), [](auto c) { return c > 0; });
    auto const darkest = not_greater(least);
    if (lit == darkest) return 1;
    return static_cast<double>(not_greater(count) - darkest) / static_cast<double>(lit - darkest);
}

TEST(Scale, EqualisesAsCountingDoes) {
    std::mt19937_64 random(harness::seed());
    std::geometric_distribution<std::uint64_t> skewed(0.02);
    for (int round = 0; round < 50; ++round) {
        Counts counts(200);
        for (auto& count : counts)
            count = skewed(random) / 3;
        Scale const scale(ScaleKind::eq, counts);
        std::erase(counts, 0);
        for (std::uint64_t const count : counts)
            ASSERT_NEAR(scale.brightness_of(count), slow_eq(counts, count), 1e-12) << "round " << round;
    }
}

TEST(Scale, GivesEachBrightnessToAsManyPixels) {
    Counts counts;
    for (std::uint64_t i = 1; i <= 101; ++i)
        counts.push_back(i * i * i);
    Scale const scale(ScaleKind::eq, counts);
    EXPECT_EQ(scale.brightness_of(1), 0);
    EXPECT_EQ(scale.brightness_of(51 * 51 * 51), 0.5);
    EXPECT_EQ(scale.brightness_of(101 * 101 * 101), 1);
}

TEST(Scale, FollowsLogarithmAndLine) {
    Counts const counts{0, 1, 10, 100, 0};
    EXPECT_NEAR(Scale(ScaleKind::log, counts).brightness_of(10), 0.5, 1e-12);
    EXPECT_NEAR(Scale(ScaleKind::linear, counts).brightness_of(10), 9.0 / 99, 1e-12);
    for (ScaleKind const kind : {ScaleKind::eq, ScaleKind::log, ScaleKind::linear}) {
        EXPECT_EQ(Scale(kind, counts).brightness_of(1), 0);
        EXPECT_EQ(Scale(kind, counts).brightness_of(100), 1);
    }
}

TEST(Scale, PutsUnseenCountsBetweenTheirNeighbours) {
    Scale const scale(ScaleKind::eq, Counts{2, 10, 20});
    EXPECT_EQ(scale.brightness_of(1), 0);
    EXPECT_EQ(scale.brightness_of(10), 0.5);
    EXPECT_EQ(scale.brightness_of(15), 0.75);
    EXPECT_EQ(scale.brightness_of(99), 1);
}

TEST(Scale, HoldsForOneCountAndForNone) {
    for (ScaleKind const kind : {ScaleKind::eq, ScaleKind::log, ScaleKind::linear}) {
        EXPECT_EQ(Scale(kind, Counts{0, 5, 5}).brightness_of(5), 1);
        EXPECT_EQ(Scale(kind, Counts{0, 0}).brightness_of(5), 1);
    }
}

TEST(Scale, IsParsedByName) {
    EXPECT_EQ(parse_scale("eq"), ScaleKind::eq);
    EXPECT_EQ(parse_scale("log"), ScaleKind::log);
    EXPECT_EQ(parse_scale("linear"), ScaleKind::linear);
    EXPECT_THROW(parse_scale("cube"), core::UsageError);
}

TEST(Paint, KeepsTheBackgroundApart) {
    Counts const counts{0, 1, 10, 100, 0, 0};
    Picture const picture = paint(counts, 3, 2, Scale(ScaleKind::log, counts));
    EXPECT_EQ(picture.pixels,
              (std::vector<std::uint8_t>{0, first_lit_color, (first_lit_color + 255 + 1) / 2, 255, 0, 0}));
    EXPECT_THROW(paint(counts, 2, 2, Scale(ScaleKind::log, counts)), std::invalid_argument);
}

}  // namespace
}  // namespace tessera::report
