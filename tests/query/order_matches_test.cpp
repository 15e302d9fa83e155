#include "order_matches.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/seed.hpp"
#include "oracle.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

/// The oracle: sorts matches by their own order.
TEST(OrderMatches, AgreesWithSorting) {
    constexpr std::uint64_t first_store_row = 1'000'000'000'000;
    Random random(harness::seed());
    for (int round = 0; round < 400; ++round) {
        SCOPED_TRACE(::testing::Message() << "round " << round);
        bool const same_seconds = one_in(random, 3), years = one_in(random, 5);
        auto const n = static_cast<std::size_t>(pick(random, 0, one_in(random, 2) ? 130 : 1024));
        core::TripTable trips;
        PickedPlaces picked;
        std::vector<Match> wanted;
        for (std::size_t i = 0; i < n; ++i) {
            auto const row = static_cast<std::uint32_t>(n - 1 - i);
            core::WallTime const time{static_cast<std::uint32_t>(
                1'400'000'000 + pick(random, 0, same_seconds ? 9 : (years ? 2'000'000'000 : 3599)))};
            trips.line.insert(trips.line.begin(), core::LineNumber{static_cast<std::uint32_t>(pick(random, 1, 50))});
            trips.file.insert(trips.file.begin(), core::FileId{static_cast<std::uint16_t>(i)});
            picked.rows[i] = row;
            picked.times[i] = time;
            wanted.push_back({time, trips.line.front(), trips.file.front(), first_store_row + row});
        }
        picked.count = n;
        std::sort(wanted.begin(), wanted.end());
        auto const limit = static_cast<std::uint64_t>(pick(random, 0, 3) * 50);
        if (limit > 0 && wanted.size() > limit) wanted.resize(limit);
        auto const found = order_matches(trips, picked, first_store_row, limit);
        ASSERT_EQ(found.size(), wanted.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_EQ(found[i].store_row, wanted[i].store_row);
            EXPECT_EQ(found[i].pickup_time, wanted[i].pickup_time);
            EXPECT_EQ(found[i].line, wanted[i].line);
            EXPECT_EQ(found[i].file, wanted[i].file);
        }
    }
}

}  // namespace
}  // namespace tessera::query
