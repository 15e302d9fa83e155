#include "tessera/tiling/key_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include "harness/seed.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::tiling {
namespace {

/// Few times, files and lines, so that all three decide now and then; no two trips have the same file and line.
core::TripTable random_trips(std::mt19937_64& random, std::size_t rows, std::uint32_t times) {
    std::vector<std::pair<std::uint16_t, std::uint32_t>> places;
    for (std::uint32_t i = 0; i < rows; ++i)
        places.emplace_back(i % 3, i / 3 + 1);
    std::shuffle(places.begin(), places.end(), random);
    core::TripTable trips;
    for (auto const& [file, line] : places) {
        core::Trip trip;
        trip.pickup_time = {1 + static_cast<std::uint32_t>(random() % times) * (4'000'000'000U / times)};
        trip.pickup_lon = {static_cast<std::int32_t>(random())};
        trip.pickup_lat = {static_cast<std::int32_t>(random() % 50)};
        trip.file = {file};
        trip.line = {line};
        append(trips, trip);
    }
    return trips;
}

std::vector<core::TripRows::Number> numbers_of(std::span<KeyedRow const> rows) {
    std::vector<core::TripRows::Number> numbers;
    for (KeyedRow const& row : rows)
        numbers.push_back(row.row);
    return numbers;
}

TEST(KeyOrder, KeysEveryRow) {
    std::mt19937_64 random(harness::seed());
    for (std::size_t const rows : {0U, 1U, 2047U, 2048U, 10'000U}) {
        core::TripTable const table = random_trips(random, rows, 40);
        KeyedRows const keyed = key_rows(table);
        ASSERT_EQ(keyed.size(), rows);
        for (std::uint32_t i = 0; i < rows; ++i) {
            ASSERT_EQ(keyed[i].row, i);
            ASSERT_EQ(keyed[i].time, table.pickup_time[i]);
            ASSERT_EQ(keyed[i].key, geo::hilbert_key({table.pickup_lon[i].count, table.pickup_lat[i].count}));
        }
    }
}

TEST(KeyOrder, SortsByKeyAsAStableSortDoes) {
    std::mt19937_64 random(harness::seed());
    KeyedRows spare;  // the same for all, which are longer or shorter
    for (int i = 0; i < 100; ++i) {
        KeyedRows rows(random() % 5000);
        // All bits, some bits, and none but a few keys.
        std::uint64_t const mask = i % 3 == 0 ? ~std::uint64_t{0} >> 16 : i % 3 == 1 ? 0xff00'00f0'0000 : 7;
        std::uint64_t const common = random() & 0xffff'ffff'ffff & ~mask;
        for (std::uint32_t row = 0; row < rows.size(); ++row)
            rows[row] = {(random() & mask) | common, {static_cast<std::uint32_t>(random())}, row};
        std::vector<KeyedRow> wanted(rows.begin(), rows.end());
        std::stable_sort(wanted.begin(), wanted.end(), [](auto const& a, auto const& b) { return a.key < b.key; });
        sort_by_key(rows, spare);
        ASSERT_EQ(numbers_of({rows.data(), rows.size()}), numbers_of(wanted));
    }
}

TEST(KeyOrder, SortsATileByTimeFileAndLine) {
    std::mt19937_64 random(harness::seed());
    std::vector<KeyedRow> scratch(3000);
    for (int i = 0; i < 200; ++i) {
        std::size_t const n = i % 4 == 0 ? random() % 3000 : random() % 200;
        std::uint32_t const times[] = {1, 2, 40, 1000, 1'000'000};
        core::TripRows trips = random_trips(random, n, times[i % 5]);
        ASSERT_EQ(trips.shift_lines(17), std::nullopt);
        KeyedRows rows = key_rows(trips);
        std::vector<KeyedRow> wanted(rows.begin(), rows.end());
        std::sort(wanted.begin(), wanted.end(), [&](KeyedRow const& a, KeyedRow const& b) {
            core::Trip const x = trips[a.row], y = trips[b.row];
            return std::tie(x.pickup_time, x.file, x.line) < std::tie(y.pickup_time, y.file, y.line);
        });
        for (int again = 0; again < 2; ++again) {  // the second time they are in order
            sort_tile({rows.data(), rows.size()}, scratch, trips);
            ASSERT_EQ(numbers_of({rows.data(), rows.size()}), numbers_of(wanted)) << n << " rows";
        }
    }
}

}  // namespace
}  // namespace tessera::tiling
