#include "tessera/query/sketch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "harness/seed.hpp"

namespace tessera::query {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

/// Integers of all magnitudes and both signs, their powers of two and neighbours among them.
std::vector<std::int64_t> many_magnitudes(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> values;
    while (values.size() < count) {
        auto const value = static_cast<std::int64_t>(random() >> (random() % 64));
        values.push_back(random() % 2 ? value : -value);
    }
    return values;
}

TEST(Sketch, BinsAreOddAscendingAndNarrow) {
    for (std::int64_t value = -127; value <= 127; ++value) {
        EXPECT_EQ(bin_of(value), value);
        EXPECT_EQ(middle_of_bin(bin_of(value)), static_cast<double>(value));
    }
    for (std::int64_t value = 1; value < 70'000; ++value) {
        EXPECT_EQ(bin_of(-value), -bin_of(value));
        int const step = bin_of(value) - bin_of(value - 1);
        EXPECT_TRUE(step == 0 || step == 1) << value;
    }
    EXPECT_EQ(bin_of(127) + 1, bin_of(128));
    EXPECT_EQ(bin_of(128), bin_of(129));
    EXPECT_EQ(bin_of(255) + 1, bin_of(256));
    EXPECT_LT(bin_of(most - 1), 1 << 12);
    EXPECT_LT(bin_of(least), bin_of(least / 2));
    EXPECT_LE(bin_of(least), bin_of(least + 1));
}

TEST(Sketch, MiddleIsWithinOnePercentOverAllMagnitudes) {
    for (std::int64_t const value : many_magnitudes(harness::seed(), 200'000)) {
        double const exact = static_cast<double>(value);
        EXPECT_LE(std::abs(middle_of_bin(bin_of(value)) - exact), std::abs(exact) / 128 * (1 + 1e-12)) << value;
    }
}

/// The oracle: sorts everything.
std::int64_t percentile_of(std::vector<std::int64_t> values, std::size_t percent) {
    std::sort(values.begin(), values.end());
    return values[(values.size() * percent + 99) / 100 - 1];
}

TEST(Sketch, PercentilesAgreeWithSorting) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 300; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        auto const values = many_magnitudes(seed, 1 + seed % 260);
        Sketch sketch;
        for (std::int64_t const value : values)
            sketch.add(value);
        EXPECT_EQ(sketch.count(), values.size());
        for (std::size_t const percent : {1U, 50U, 90U, 99U, 100U}) {
            double const exact = static_cast<double>(percentile_of(values, percent));
            double const found = sketch.percentile(static_cast<double>(percent) / 100);
            EXPECT_LE(std::abs(found - exact), std::abs(exact) / 100) << "p" << percent;
        }
    }
}

TEST(Sketch, SmallIntegersAreExact) {
    Sketch sketch;
    for (int value = 1; value <= 100; ++value)
        sketch.add(value);
    EXPECT_EQ(sketch.percentile(0.5), 50);
    EXPECT_EQ(sketch.percentile(0.9), 90);
    EXPECT_EQ(sketch.percentile(0.99), 99);
    sketch.add(101);
    EXPECT_EQ(sketch.percentile(0.5), 51);
    EXPECT_EQ(sketch.percentile(1e-9), 1);
}

TEST(Sketch, PartsAddUpExactlyInAnyOrder) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 50; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        auto values = many_magnitudes(seed, 500);
        Sketch whole, parts[3];
        for (std::size_t i = 0; i < values.size(); ++i) {
            whole.add(values[i]);
            parts[i % 3].add(values[i]);
        }
        Sketch left = parts[0], right = parts[2], shuffled;
        left.merge(parts[1]);
        left.merge(parts[2]);
        right.merge(parts[0]);
        right.merge(parts[1]);
        EXPECT_EQ(left, whole);
        EXPECT_EQ(right, whole);
        std::shuffle(values.begin(), values.end(), std::mt19937_64(seed));
        for (std::int64_t const value : values)
            shuffled.add(value);
        EXPECT_EQ(shuffled, whole);
        EXPECT_EQ(Sketch::from_bins(whole.first_bin(), whole.counts()), whole);
    }
}

TEST(Sketch, EmptyOnesChangeNothing) {
    Sketch sketch;
    sketch.merge(Sketch{});
    sketch.add(5, 0);
    EXPECT_EQ(sketch, Sketch{});
    EXPECT_EQ(Sketch::from_bins(17, {}), Sketch{});
    sketch.add(1000, 3);
    Sketch same = sketch;
    same.merge(Sketch{});
    EXPECT_EQ(same, sketch);
    Sketch other;
    other.merge(sketch);
    EXPECT_EQ(other, sketch);
    EXPECT_EQ(sketch.count(), 3U);
}

}  // namespace
}  // namespace tessera::query
