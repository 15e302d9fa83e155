#include "tessera/report/histogram.hpp"

#include <gtest/gtest.h>

#include <random>

#include "harness/seed.hpp"

namespace tessera::report {
namespace {

/// Values above the bound before a bucket's own and up to it, counted one by one.
std::uint64_t slow_count(std::vector<std::int64_t> const& values, std::vector<std::int64_t> const& bounds,
                         std::size_t bucket) {
    std::uint64_t count = 0;
    for (std::int64_t const value : values)
        if ((bucket == 0 || value > bounds[bucket - 1]) && (bucket == bounds.size() || value <= bounds[bucket]))
            ++count;
    return count;
}

TEST(Histogram, EqualsTheSlowCount) {
    std::mt19937_64 random(harness::seed());
    std::lognormal_distribution<double> ns(13, 4);
    Histogram histogram = duration_histogram();
    std::vector<std::int64_t> values;
    for (int i = 0; i < 5'000; ++i)
        values.push_back(static_cast<std::int64_t>(ns(random)));
    values.insert(values.end(), histogram.bounds().begin(), histogram.bounds().end());  // each is in its own bucket
    values.insert(values.end(), {0, 1, 10'000'000'001, 3'600'000'000'000});
    std::int64_t sum = 0;
    for (std::int64_t const value : values) {
        histogram.add(value);
        sum += value;
    }
    ASSERT_EQ(histogram.counts().size(), histogram.bounds().size() + 1);
    for (std::size_t i = 0; i < histogram.counts().size(); ++i)
        EXPECT_EQ(histogram.counts()[i], slow_count(values, histogram.bounds(), i)) << "bucket " << i;
    EXPECT_EQ(histogram.count(), values.size());
    EXPECT_EQ(histogram.sum(), sum);
    EXPECT_GT(histogram.counts().front(), 1U);
    EXPECT_GT(histogram.counts().back(), 1U);
}

TEST(Histogram, HasRoundBounds) {
    auto const bounds = duration_histogram().bounds();
    EXPECT_EQ(bounds.size(), 19U);
    EXPECT_EQ(std::vector(bounds.begin(), bounds.begin() + 4),
              (std::vector<std::int64_t>{10'000, 25'000, 50'000, 100'000}));
    EXPECT_EQ(bounds.back(), 10'000'000'000);
    EXPECT_EQ(size_histogram().bounds(), (std::vector<std::int64_t>{1, 4, 16, 64, 256, 1024, 4096, 16'384, 65'536}));
}

}  // namespace
}  // namespace tessera::report
