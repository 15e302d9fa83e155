#include "narrow_keys.hpp"

#include <gtest/gtest.h>

#include <map>

#include "harness/seed.hpp"
#include "pack_keys.hpp"
#include "random_tiles.hpp"

// Narrow keys against full keys, row by row. Full keys have their own oracle in aggregate_test.
namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

std::vector<std::string> const key_lists{
    "source",           "vendor,payment,rate", "passengers,year,distance_mile", "year,month,day", "month",
    "day,hour,weekday", "hour_of_week",        "pickup_tile:0,dropoff_tile:0",  "pickup_tile:9",  "dropoff_tile:1,hour",
    "dropoff_tile:12",  "distance_mile"};

/// Calls `check(block)` for all rows in blocks: side by side, and picked.
template <class Check>
void for_each_block(std::size_t rows, Check&& check) {
    PerRow<std::uint16_t> picked;
    std::size_t const half = block_rows / 2;
    for (std::size_t i = 0; i < half; ++i)
        picked[i] = static_cast<std::uint16_t>(2 * i);
    for (std::size_t first = 0; first < rows; first += block_rows) {
        std::size_t const size = std::min(block_rows, rows - first);
        check(RowBlock(first, size, 7 + first));
        check(RowBlock(first, picked, size / 2, 7 + first));
        PerRow<std::uint32_t> some;
        check(RowBlock(first, picked, size / 2, 7 + first).pick(picked, size / 4, some));
    }
}

/// Rows of each full key: with a number, and without.
using Numbered = std::map<GroupKey, std::array<std::size_t, 2>>;

Numbered compare(geo::LoadedTiles const& loaded, AggregateQuestion const& question, NarrowKeys const& narrow) {
    Numbered rows;
    for_each_block(geo::trip_count(loaded.tiles), [&](RowBlock const& block) {
        PerRow<std::uint32_t> numbers;
        PerRow<GroupKey> full;
        narrow.number_rows(loaded.trips, block, numbers);
        pack_keys(loaded.trips, question.keys, block, full);
        bool any_without = false;
        for (std::size_t i = 0; i < block.size(); ++i) {
            GroupKey const key = group_key_of(full[i], bits_of(question.keys));
            bool const without = (numbers[i] & no_number) != 0;
            any_without |= without;
            ++rows[key][without ? 1 : 0];
            if (without) continue;
            ASSERT_LT(numbers[i], narrow.size());
            ASSERT_EQ(narrow.key_of(numbers[i]), key) << "row " << block.row(i);
        }
        EXPECT_EQ(any_without_number(numbers.data(), block.size()), any_without);
    });
    return rows;
}

TEST(NarrowKeys, NameTheSameGroupsAsFullKeys) {
    std::uint64_t seed = harness::seed();
    for (std::string const& keys : key_lists)
        for (bool const odd : {false, true}) {
            SCOPED_TRACE(::testing::Message() << "seed " << ++seed << ", keys " << keys << ", odd values " << odd);
            Random random(seed);
            TripMix mix{.trips = 3000, .odd_values = odd};
            if (odd) mix.seconds = 900'000'000;  // some thirty years
            geo::LoadedTiles const loaded = tile_up(make_trips(random, mix), 100);
            AggregateQuestion const question{parse_keys(keys), {}, {}};
            NarrowKeys const narrow(loaded.tiles, question, 31);
            ASSERT_GT(narrow.size(), 0U);
            std::size_t with = 0, without = 0;
            for (auto const& [key, rows] : compare(loaded, question, narrow)) {
                EXPECT_TRUE(rows[0] == 0 || rows[1] == 0) << "a group is numbered both ways";
                with += rows[0];
                without += rows[1];
            }
            EXPECT_GT(with, 9 * without);  // or they are of no use
        }
}

TEST(NarrowKeys, MilesAroundZeroAndBeyondTheLastDigit) {
    std::vector<core::Trip> trips;
    core::Trip trip;
    for (std::int32_t const hundredths : {-2147483647, -51, -50, -49, -1, 0, 49, 50, 12'649, 12'650, 2'147'483'647}) {
        trip.distance.count = hundredths;
        ++trip.line.count;
        trips.push_back(trip);
    }
    trips.push_back({});  // unknown
    geo::LoadedTiles const loaded = tile_up(trips, 100);
    AggregateQuestion const question{parse_keys("distance_mile"), {}, {}};
    NarrowKeys const narrow(loaded.tiles, question, 10);
    std::size_t with = 0;
    for (auto const& [key, rows] : compare(loaded, question, narrow)) {
        EXPECT_TRUE(rows[0] == 0 || rows[1] == 0);
        with += rows[0];
    }
    // -49 to 12,649 and the unknown, each in three blocks where it is in all
    EXPECT_GE(with, 7U);
}

TEST(NarrowKeys, EveryDayOfTheLeapRule) {
    std::vector<core::Trip> trips(first_day_of_march_2100);
    for (std::uint32_t day = 0; day < trips.size(); ++day) {
        trips[day].pickup_time.count = day * 86'400 + (day % 86'400);
        trips[day].line.count = day;
    }
    geo::LoadedTiles loaded = tile_up(trips, trips.size());
    AggregateQuestion const question{parse_keys("year,month,day"), {}, {}};
    NarrowKeys const narrow(loaded.tiles, question, 31);
    ASSERT_GT(narrow.size(), 0U);
    for (auto const& [key, rows] : compare(loaded, question, narrow))
        EXPECT_EQ(rows[1], 0U);
    loaded.tiles.last_time[0].count = first_day_of_march_2100 * 86'400;
    EXPECT_EQ(NarrowKeys(loaded.tiles, question, 31).size(), 0U);
}

TEST(NarrowKeys, TooManyBitsMakeNoNumbers) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 300}), 100);
    AggregateQuestion const question{parse_keys("hour,weekday"), {}, {}};
    EXPECT_EQ(NarrowKeys(loaded.tiles, question, 8).size(), 256U);
    EXPECT_EQ(NarrowKeys(loaded.tiles, question, 7).size(), 0U);
}

}  // namespace
}  // namespace tessera::query
