#include "tessera/reduce/trips_in_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "rank_tiles.hpp"
#include "tessera/query/time_order.hpp"

namespace tessera::reduce {
namespace {

using namespace testing;  // tessera::reduce::testing

/// All trips in order, the slow way.
std::vector<core::Trip> sort_all(core::TripTable const& trips) {
    std::vector<core::Trip> all;
    for (std::size_t row = 0; row < trips.size(); ++row)
        all.push_back(trip_at(trips, row));
    std::sort(all.begin(), all.end(), [](core::Trip const& a, core::Trip const& b) {
        return std::tie(a.pickup_time, a.file, a.line) < std::tie(b.pickup_time, b.file, b.line);
    });
    return all;
}

TEST(TripsInOrder, EveryTripOnceInBoundedParts) {
    for_each_seed(60, [](Random& random) {
        RankTiles const tiles = make_rank_tiles(random);
        auto const order = query::order_by_time(tiles.mine, {}, query::Ties::by_file_and_line);
        auto const most = static_cast<std::uint64_t>(pick(random, 1, pick(random, 1, 2000)));
        auto const ranks = static_cast<std::uint64_t>(world().size());
        auto const all = sort_all(tiles.all.trips);
        std::vector<core::Trip> taken;
        std::span<std::uint32_t const> rows(order);
        std::size_t rounds = 0;
        for (bool last = false; !last; ++rounds) {
            auto const part = take_next_trips(world(), tiles.mine.trips, rows, most);
            EXPECT_LE(part.trips.size(), std::max(most, ranks));
            taken.insert(taken.end(), part.trips.begin(), part.trips.end());
            last = part.last;
            if (rounds > all.size()) break;  // each round hands over one trip at least
        }
        EXPECT_TRUE(rows.empty());
        EXPECT_LE(rounds, all.size() / std::max<std::uint64_t>(1, most / ranks) + 1);
        EXPECT_EQ(taken == (world().is_root() ? all : std::vector<core::Trip>()), true)
            << taken.size() << " of " << all.size() << " trips, at most " << most << " at a time";
    });
}

TEST(TripsInOrder, NoTripsAnywhere) {
    std::span<std::uint32_t const> rows;
    auto const part = take_next_trips(world(), {}, rows, 10);
    EXPECT_TRUE(part.last);
    EXPECT_TRUE(part.trips.empty());
}

}  // namespace
}  // namespace tessera::reduce
