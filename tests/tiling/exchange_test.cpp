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

std::vector<std::size_t> random_cuts(Random& random, std::int64_t tiles) {
    std::vector<std::size_t> cuts{0, static_cast<std::size_t>(tiles)};
    while (cuts.size() < ranks() + 1)
        cuts.push_back(static_cast<std::size_t>(pick(random, 0, tiles)));
    std::sort(cuts.begin(), cuts.end());
    return cuts;
}

TEST(Exchange, BringsEachTripToTheOwnerOfItsTile) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 60; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        auto const parts = random_parts(random, 200);
        std::int64_t const tiles = pick(random, 1, 12);
        auto const cuts = random_cuts(random, tiles);
        std::vector<std::vector<std::uint32_t>> tile(ranks());
        Trips wanted;
        std::vector<std::uint32_t> wanted_tile;
        std::uint64_t sent = 0;
        for (std::size_t r = 0; r < ranks(); ++r)
            for (core::Trip const& trip : parts[r]) {
                tile[r].push_back(static_cast<std::uint32_t>(pick(random, 0, tiles - 1)));
                bool const mine = tile[r].back() >= cuts[me()] && tile[r].back() < cuts[me() + 1];
                if (r == me() && !mine) ++sent;
                if (!mine) continue;
                wanted.push_back(trip);
                wanted_tile.push_back(tile[r].back());
            }
        core::TripTable trips = testing::table_of(parts[me()]);
        std::vector<std::uint32_t> my_tile = tile[me()];
        Traffic const traffic = exchange_trips(world(), trips, my_tile, cuts);
        testing::expect_same_trips(trips, testing::table_of(wanted));
        EXPECT_EQ(my_tile, wanted_tile);
        EXPECT_EQ(traffic.bytes_sent, sent * (core::bytes_per_trip() + sizeof(std::uint32_t)));
        EXPECT_EQ(traffic.rounds, ranks() == 1 ? 0 : core::column_count + 1);
    }
}

TEST(Exchange, NoTripsAndNoTiles) {
    core::TripTable trips;
    std::vector<std::uint32_t> tile;
    exchange_trips(world(), trips, tile, std::vector<std::size_t>(ranks() + 1, 0));
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
        core::TripTable trips = testing::table_of(parts[me()]);
        spread_evenly(world(), trips);
        bool const uneven = most * ranks() > total + total / 4 + ranks();
        moved += uneven ? 1 : 0;
        testing::expect_same_trips(trips, testing::table_of(uneven ? even_part(parts, me()) : parts[me()]));
    }
    EXPECT_EQ(moved > 10, ranks() > 1);
}

}  // namespace
}  // namespace tessera::tiling
