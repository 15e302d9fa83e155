#include "tessera/core/ledger.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <random>

#include "harness/seed.hpp"

namespace tessera::core {
namespace {

using Numbers = std::array<std::uint64_t, ledger_numbers>;

LedgerCounts random_counts(std::mt19937_64& random) {
    Numbers numbers;
    for (std::uint64_t& number : numbers)
        number = random() % 1'000'000;
    return std::bit_cast<LedgerCounts>(numbers);
}

TEST(Ledger, SumIsThatOfEachNumber) {
    std::mt19937_64 random(harness::seed());
    Ledger ledger;
    Numbers want{};
    for (int file = 0; file < 10; ++file) {
        ledger.push_back({"f", "uber", 1, random_counts(random)});
        auto const numbers = std::bit_cast<Numbers>(ledger.back().counts);
        for (std::size_t i = 0; i < want.size(); ++i)
            want[i] += numbers[i];
    }
    EXPECT_EQ(std::bit_cast<Numbers>(total_of(ledger)), want);
    EXPECT_EQ(total_of({}), LedgerCounts{});
}

TEST(Ledger, AddsUpOnlyWhenEachLineHasItsPlace) {
    LedgerCounts counts;
    EXPECT_TRUE(counts.adds_up());
    counts.lines = 9;
    counts.header = 1;
    counts.blank = 1;
    counts.kept = 2;
    for (auto const reason :
         {Reject::malformed, Reject::no_pickup, Reject::outside_region, Reject::time_order, Reject::too_long}) {
        EXPECT_FALSE(counts.adds_up());
        counts.count(reason);
    }
    EXPECT_EQ(counts.rejected_total(), 5U);
    EXPECT_TRUE(counts.adds_up());
    counts.count(Oddity::duplicate);  // an odd row is kept, and so is counted already
    EXPECT_TRUE(counts.adds_up());
    ++counts.lines;
    EXPECT_FALSE(counts.adds_up());
}

TEST(Ledger, CountsUnderTheName) {
    LedgerCounts counts;
    counts.count(Reject::time_order);
    counts.count(Oddity::zero_distance);
    for (std::size_t i = 0; i < reject_names.size(); ++i)
        EXPECT_EQ(counts.rejected[i], reject_names[i] == "time_order" ? 1U : 0U);
    for (std::size_t i = 0; i < oddity_names.size(); ++i)
        EXPECT_EQ(counts.odd[i], oddity_names[i] == "zero_distance" ? 1U : 0U);
}

}  // namespace
}  // namespace tessera::core
