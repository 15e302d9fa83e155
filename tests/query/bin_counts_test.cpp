#include "bin_counts.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <map>

#include "harness/seed.hpp"
#include "random_tiles.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

TEST(BinCounts, EveryUsualValueHasItsBin) {
    PerRow<std::int64_t> values;
    PerRow<std::uint32_t> bins;
    for (std::int64_t first = 0; first < BinCounts::usual_values; first += block_rows) {
        for (std::size_t i = 0; i < block_rows; ++i)
            values[i] = first + static_cast<std::int64_t>(i);
        find_usual_bins(values.data(), block_rows, bins.data());
        for (std::size_t i = 0; i < block_rows; ++i)
            ASSERT_EQ(bins[i], static_cast<std::uint32_t>(bin_of(values[i]))) << values[i];
    }
}

TEST(BinCounts, OtherValuesHaveNone) {
    constexpr auto least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
    for (std::int64_t const value : {least, std::int64_t{-1} << 32, std::int64_t{-1}, BinCounts::usual_values,
                                     std::int64_t{1} << 32, (std::int64_t{1} << 32) + 5, most}) {
        std::uint32_t bin = 0;
        find_usual_bins(&value, 1, &bin);
        EXPECT_EQ(bin, BinCounts::usual_bins) << value;
    }
}

TEST(BinCounts, SketchesOfFewAndOfManyGroups) {
    Random random(harness::seed());
    for (std::uint32_t const groups : {3U, 9000U}) {
        BinCounts counts;
        std::map<std::uint32_t, Sketch> wanted;
        PerRow<std::int64_t> values;
        PerRow<std::uint32_t> of;
        for (std::uint32_t known = 1; known <= groups; known += groups / 3) {  // groups turn up one after the other
            for (std::size_t i = 0; i < block_rows; ++i) {
                values[i] = one_in(random, 9) ? pick(random, -5'000'000'000, 5'000'000'000) : pick(random, 0, 9000);
                of[i] = static_cast<std::uint32_t>(pick(random, 0, known - 1));
                wanted[of[i]].add(values[i]);
            }
            counts.add(values, of, block_rows, known);
        }
        for (auto const& [group, sketch] : wanted)
            EXPECT_TRUE(counts.take_sketch(group) == sketch) << group;
    }
}

}  // namespace
}  // namespace tessera::query
