#include <gtest/gtest.h>

#include <algorithm>

#include "harness/seed.hpp"
#include "harness/world.hpp"
#include "query/random_tiles.hpp"
#include "same_trips.hpp"
#include "tessera/tiling/exchange_trips.hpp"

// Every rank draws the same random numbers, so that it knows what all others hold.
namespace tessera::tiling {
namespace {

using harness::world;
using query::testing::pick;
using query::testing::Random;
using Trips = std::vector<core::Trip>;

std::size_t ranks() {
    return static_cast<std::size_t>(world().size());
}
std::size_t me() {
    return static_cast<std::size_t>(world().rank());
}

/// Each rank's trips; some ranks have none.
std::vector<Trips> random_parts(Random& random, std::int64_t most) {
    std::vector<Trips> parts;
    for (std::size_t r = 0; r < ranks(); ++r) {
        std::int64_t const trips = pick(random, 0, 2) ? pick(random, 0, most) : 0;
        parts.push_back(query::testing::make_trips(random, {.trips = static_cast<std::size_t>(trips)}));
        for (core::Trip& trip : parts.back())
            trip.file.count = static_cast<std::uint16_t>(trip.file.count + 3 * r);
    }
    return parts;
}

std::size_t sum_of_others(std::vector<Trips> const& from) {
    std::size_t sum = 0;
    for (std::size_t r = 0; r < from.size(); ++r)
        sum += r == me() ? 0 : from[r].size();
    return sum;
}

/// A rank's rows in the order of keys, and how many each rank gets of them, one run after the other.
struct Parted {
    core::TripRows trips;
    KeyOrder order;
    std::span<KeyedRow const> rows;
    std::vector<std::uint64_t> parts;

    Parted(Random& random, Trips const& of_rank) : trips(testing::table_of(of_rank)), order(trips), rows(order.rows()) {
        parts = {0, rows.size()};
        while (parts.size() < ranks() + 1)
            parts.push_back(static_cast<std::uint64_t>(pick(random, 0, static_cast<std::int64_t>(rows.size()))));
        std::sort(parts.begin(), parts.end());
    }
    Trips part_of(std::size_t r) const {
        Trips part;
        for (std::uint64_t i = parts[r]; i < parts[r + 1]; ++i)
            part.push_back(trips[rows[i].row]);
        return part;
    }
};

TEST(Exchange, BringsEachTripToItsRank) {
    std::uint64_t rounds = 0;
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 60; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        std::vector<Parted> parted;
        for (Trips const& part : random_parts(random, seed % 10 == 0 ? 5000 : 200))
            parted.emplace_back(random, part);
        for (std::size_t r = 0; r < ranks(); ++r)  // true lines are not what the rows say
            ASSERT_EQ(parted[r].trips.shift_lines(10 * r + 1), std::nullopt);
        Parted& mine = parted[me()];
        std::vector<Trips> wanted;
        for (Parted const& from : parted)
            wanted.push_back(from.part_of(me()));
        std::uint64_t const sent = mine.rows.size() - (mine.parts[me() + 1] - mine.parts[me()]);
        std::size_t const slots = std::max(mine.trips.size(), mine.trips.size() - sent + sum_of_others(wanted));
        Traffic traffic;
        auto const received = exchange_trips(world(), mine.trips, mine.rows, mine.parts, traffic,
                                             static_cast<std::size_t>(pick(random, 1, 20'000)));
        ASSERT_EQ(received.size(), ranks());
        EXPECT_TRUE(received[me()].empty());
        for (std::size_t r = 0; r < ranks(); ++r) {
            Trips found = r == me() ? mine.part_of(me()) : Trips();
            for (core::TripRows::Number const row : received[r])
                found.push_back(mine.trips[row]);
            ASSERT_EQ(found, wanted[r]) << "from rank " << r;
        }
        EXPECT_EQ(traffic.bytes_sent, sent * sizeof(core::Trip));
        // With more ranks, one may get more in the first rounds than it gives.
        if (ranks() <= 2) {
            EXPECT_LE(mine.trips.size(), slots) << "places that were left are used again";
        }
        rounds += traffic.rounds;
    }
    EXPECT_EQ(rounds > 100, ranks() > 1);
}

TEST(Exchange, NoTrips) {
    core::TripRows trips;
    Traffic traffic;
    std::vector<std::uint64_t> const parts(ranks() + 1, 0);
    exchange_trips(world(), trips, {}, parts, traffic);
    EXPECT_EQ(trips.size(), 0U);
}

/// What rank r holds when all trips, one rank's after the other, are dealt out evenly.
Trips even_part(std::vector<Trips> const& parts, std::size_t r) {
    Trips all;
    for (Trips const& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    auto const cut = [&](std::size_t i) { return all.begin() + static_cast<std::ptrdiff_t>(all.size() * i / ranks()); };
    return {cut(r), cut(r + 1)};
}

TEST(SpreadEvenly, KeepsTheOrderAndEvensTheNumbers) {
    int moved = 0;
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 60; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        auto const parts = random_parts(random, pick(random, 0, 1) ? 300 : 5);
        std::size_t total = 0, most = 0;
        for (Trips const& part : parts) {
            total += part.size();
            most = std::max(most, part.size());
        }
        core::TripRows trips = testing::table_of(parts[me()]);
        spread_evenly(world(), trips);
        bool const uneven = most * ranks() > total + total / 4 + ranks();
        moved += uneven ? 1 : 0;
        ASSERT_EQ(list_trips(trips), uneven ? even_part(parts, me()) : parts[me()]);
    }
    EXPECT_EQ(moved > 10, ranks() > 1);
}

}  // namespace
}  // namespace tessera::tiling
