#include "tessera/tiling/order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <tuple>

#include "harness/seed.hpp"

namespace tessera::tiling {
namespace {

using Rows = std::vector<std::uint32_t>;

Rows random_numbers(std::mt19937_64& random, std::size_t rows, std::size_t groups) {
    Rows numbers(rows);
    for (std::uint32_t& number : numbers)
        number = static_cast<std::uint32_t>(random() % groups);
    return numbers;
}

/// Few times, files and lines, so that all three decide now and then; no two trips have the same file and line.
core::TripTable random_trips(std::mt19937_64& random, std::size_t rows) {
    std::vector<std::pair<std::uint16_t, std::uint32_t>> places;
    for (std::uint32_t i = 0; i < rows; ++i)
        places.emplace_back(i % 3, i / 3 + 1);
    std::shuffle(places.begin(), places.end(), random);
    core::TripTable trips;
    for (auto const& [file, line] : places) {
        core::Trip trip;
        trip.pickup_time = {1 + static_cast<std::uint32_t>(random() % 40) * 100'000'000};
        trip.file = {file};
        trip.line = {line};
        append(trips, trip);
    }
    return trips;
}

void expect_right(std::mt19937_64& random, std::size_t rows, std::size_t groups) {
    SCOPED_TRACE(::testing::Message() << rows << " rows in " << groups << " groups");
    Rows const numbers = random_numbers(random, rows, groups);
    Rows wanted(rows);
    std::iota(wanted.begin(), wanted.end(), 0U);
    std::stable_sort(wanted.begin(), wanted.end(), [&](auto a, auto b) { return numbers[a] < numbers[b]; });
    Grouping grouping = group(numbers, groups);
    EXPECT_EQ(grouping.order, wanted);
    ASSERT_EQ(grouping.first.size(), groups + 1);
    for (std::size_t g = 0; g <= groups; ++g) {
        auto const below = std::count_if(numbers.begin(), numbers.end(), [&](auto number) { return number < g; });
        EXPECT_EQ(grouping.first[g], static_cast<std::uint64_t>(below));
    }

    core::TripTable const trips = random_trips(random, rows);
    std::stable_sort(wanted.begin(), wanted.end(), [&](auto a, auto b) {
        return std::make_tuple(numbers[a], trips.pickup_time[a], trips.file[a], trips.line[a]) <
               std::make_tuple(numbers[b], trips.pickup_time[b], trips.file[b], trips.line[b]);
    });
    sort_groups(grouping, trips);
    EXPECT_EQ(grouping.order, wanted);
    auto const lines = gather(trips.line, grouping.order);
    for (std::size_t i = 0; i < rows; ++i)
        ASSERT_EQ(lines[i], trips.line[wanted[i]]);
}

TEST(Order, GroupsAndSortsAsAStableSortDoes) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 100 && !::testing::Test::HasFailure(); ++i)
        expect_right(random, random() % 3000, 1 + random() % 300);
}

TEST(Order, WorksAtTheEdges) {
    std::mt19937_64 random(harness::seed());
    expect_right(random, 0, 1);
    expect_right(random, 0, 50);
    expect_right(random, 1, 1);
    expect_right(random, 5000, 1);
    Grouping nothing = group({}, 0);
    EXPECT_EQ(nothing.first, std::vector<std::uint64_t>{0});
    sort_groups(nothing, {});
    EXPECT_TRUE(nothing.order.empty());
}

}  // namespace
}  // namespace tessera::tiling
