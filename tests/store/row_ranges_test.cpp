#include "../../src/store/row_ranges.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "harness/seed.hpp"

namespace tessera::store {
namespace {

using Ranges = std::vector<RowRange>;

std::vector<std::uint64_t> rows_of(Ranges const& ranges) {
    std::vector<std::uint64_t> rows;
    for (RowRange const& range : ranges)
        for (std::uint64_t row = range.first; row < range.last; ++row)
            rows.push_back(row);
    return rows;
}

Ranges random_ranges(std::mt19937_64& random) {
    std::uint64_t const widest = random() % 3 ? 30 : 5000;
    Ranges ranges;
    std::uint64_t at = random() % 50;
    for (std::uint64_t n = random() % 60; n > 0; --n) {
        std::uint64_t const length = random() % 4 ? random() % 20 : 0;
        ranges.push_back({at, at + length});
        at += length + (random() % 3 ? random() % widest : 0);
    }
    return ranges;
}

/// The oracle: joins what lies at most `gap` apart, on a line of marked rows.
Ranges join_slowly(Ranges const& ranges, std::uint64_t gap) {
    auto const rows = rows_of(ranges);
    Ranges joined;
    for (std::uint64_t const row : rows) {
        if (!joined.empty() && row <= joined.back().last + gap)
            joined.back().last = row + 1;
        else
            joined.push_back({row, row + 1});
    }
    return joined;
}

TEST(RowRanges, AreJoinedUntilThereAreFewEnough) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 3000; ++i) {
        Ranges const ranges = random_ranges(random);
        std::size_t const most = 1 + random() % 20;
        Ranges wanted = join_slowly(ranges, 0);
        for (std::uint64_t gap = 1024; wanted.size() > most; gap *= 2)
            wanted = join_slowly(ranges, gap);
        ASSERT_EQ(join_ranges(ranges, most), wanted) << "case " << i;
        ASSERT_LE(join_ranges(ranges, most).size(), most);
    }
}

TEST(RowRanges, ThatAreFewKeepTheirGaps) {
    Ranges const apart{{0, 5}, {6, 7}, {7, 9}, {9, 9}, {20, 21}};
    EXPECT_EQ(join_ranges(apart, 3), (Ranges{{0, 5}, {6, 9}, {20, 21}}));
    EXPECT_EQ(join_ranges(apart, 2), (Ranges{{0, 21}}));
    EXPECT_EQ(join_ranges({}, 1), Ranges());
    Ranges const empty{{4, 4}, {9, 9}};
    EXPECT_EQ(join_ranges(empty, 1), Ranges());
    Ranges const far{{0, 1}, {std::uint64_t{1} << 62, (std::uint64_t{1} << 62) + 1}};
    EXPECT_EQ(join_ranges(far, 1), (Ranges{{0, (std::uint64_t{1} << 62) + 1}}));
}

TEST(RowRanges, AreCutIntoRoundsOfSoManyRows) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 3000; ++i) {
        Ranges const ranges = random_ranges(random);
        std::uint64_t const most = 1 + random() % 50;
        Ranges again;
        auto const rounds = cut_into_rounds(ranges, most);
        std::size_t const rows = rows_of(ranges).size();
        ASSERT_EQ(rounds.size(), (rows + most - 1) / most);
        for (Ranges const& round : rounds) {
            std::size_t const in_round = rows_of(round).size();
            ASSERT_TRUE(in_round == most || &round == &rounds.back()) << "all rounds but the last are full";
            ASSERT_LE(in_round, most);
            for (RowRange const& range : round)
                ASSERT_GT(range.size(), 0U);
            again.insert(again.end(), round.begin(), round.end());
        }
        ASSERT_EQ(rows_of(again), rows_of(ranges));
    }
}

}  // namespace
}  // namespace tessera::store
