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

std::vector<core::TripRows::Number> numbers_of(std::span<TimedRow const> rows) {
    std::vector<core::TripRows::Number> numbers;
    for (TimedRow const& row : rows)
        numbers.push_back(row.row);
    return numbers;
}

std::uint64_t key_of(core::TripRows const& trips, core::TripRows::Number row) {
    core::Trip const& trip = trips.but_for_line(row);
    return geo::hilbert_key({trip.pickup_lon.count, trip.pickup_lat.count});
}

/// Trips at places that differ in so many bits, some of them at one place.
core::TripRows trips_around(std::mt19937_64& random, std::size_t rows, unsigned bits) {
    geo::Point const corner{static_cast<std::int32_t>(random()), static_cast<std::int32_t>(random())};
    auto const off = [&] { return static_cast<std::int32_t>((random() & 0xffff'ffff) >> (32 - bits)); };
    core::TripRows trips;
    geo::Point place = corner;
    for (std::size_t i = 0; i < rows; ++i) {
        if (random() % 4 != 0 && bits > 0) place = {corner.lon ^ off(), corner.lat ^ off()};
        core::Trip& trip = trips.next();
        trip = {};
        trip.pickup_lon = {place.lon};
        trip.pickup_lat = {place.lat};
        trips.keep();
    }
    return trips;
}

/// The oracle: keys of all rows, sorted, each searched from the front.
TEST(KeyOrder, SortsRowsAndFindsKeys) {
    std::mt19937_64 random(harness::seed());
    for (int round = 0; round < 120; ++round) {
        unsigned const bits = static_cast<unsigned>(random() % 33);
        std::size_t const n =
            round < 3 ? static_cast<std::size_t>(round) : random() % (round % 10 == 3 ? 60'000 : 3000);
        SCOPED_TRACE(::testing::Message() << n << " rows that differ in " << bits << " bits");
        core::TripRows trips = trips_around(random, n, bits);
        trips.append(trips_around(random, n / 50, 32));  // chunks that are not full, and places far out
        KeyOrder order(trips);
        ASSERT_EQ(order.size(), trips.size());
        std::vector<std::uint64_t> found, wanted;
        std::vector<core::TripRows::Number> rows, all;
        for (KeyedRow const& row : order.rows()) {
            found.push_back(key_of(trips, row.row));
            rows.push_back(row.row);
        }
        for (std::size_t c = 0; c < trips.chunks().size(); ++c)
            for (std::size_t i = 0; i < trips.chunks()[c].used; ++i)
                all.push_back(core::TripRows::number(c, i));
        for (core::TripRows::Number const row : all)
            wanted.push_back(key_of(trips, row));
        std::sort(wanted.begin(), wanted.end());
        std::sort(rows.begin(), rows.end());
        ASSERT_EQ(found, wanted);
        ASSERT_EQ(rows, all);
        for (int i = 0; i < 300; ++i) {
            std::uint64_t const near = wanted.empty() ? 0 : wanted[random() % wanted.size()];
            std::uint64_t const key = i % 3 == 0 ? random() >> 15 : near + static_cast<std::uint64_t>(i % 3) - 1;
            std::size_t const from = i % 2 == 0 ? 0 : random() % (wanted.size() + 1);
            auto const at = std::find_if(wanted.begin() + static_cast<std::ptrdiff_t>(from), wanted.end(),
                                         [&](std::uint64_t one) { return one >= key; });
            ASSERT_EQ(order.find(key, from), static_cast<std::size_t>(at - wanted.begin())) << key << " from " << from;
        }
        EXPECT_EQ(order.take_spare().size(), trips.size());
    }
}

TEST(KeyOrder, SortsATileByTimeFileAndLine) {
    std::mt19937_64 random(harness::seed());
    std::vector<TimedRow> scratch(3000);
    for (int i = 0; i < 200; ++i) {
        std::size_t const n = i % 4 == 0 ? random() % 3000 : random() % 200;
        std::uint32_t const times[] = {1, 2, 40, 1000, 1'000'000};
        core::TripRows trips = random_trips(random, n, times[i % 5]);
        ASSERT_EQ(trips.shift_lines(17), std::nullopt);
        std::vector<TimedRow> rows;
        for (std::size_t row = 0; row < n; ++row) {
            auto const number =
                core::TripRows::number(row / core::TripRows::chunk_rows, row % core::TripRows::chunk_rows);
            rows.push_back({trips.but_for_line(number).pickup_time, number});
        }
        std::vector<TimedRow> wanted = rows;
        std::sort(wanted.begin(), wanted.end(), [&](TimedRow const& a, TimedRow const& b) {
            core::Trip const x = trips[a.row], y = trips[b.row];
            return std::tie(x.pickup_time, x.file, x.line) < std::tie(y.pickup_time, y.file, y.line);
        });
        for (int again = 0; again < 2; ++again) {  // the second time they are in order
            sort_tile(rows, scratch, trips);
            ASSERT_EQ(numbers_of(rows), numbers_of(wanted)) << n << " rows";
        }
    }
}

}  // namespace
}  // namespace tessera::tiling
