#pragma once
#include <gtest/gtest.h>

#include "harness/seed.hpp"
#include "harness/world.hpp"
#include "query/random_tiles.hpp"

namespace tessera::reduce::testing {

using harness::world;
using query::testing::pick;
using query::testing::Random;

/// Tiles that every rank knows, and those that this rank has loaded.
struct RankTiles {
    geo::LoadedTiles all;
    geo::LoadedTiles mine;
};

/// Local, with the same random numbers on every rank. Each tile goes to some rank; now and then one rank gets none, or
/// all.
inline RankTiles make_rank_tiles(Random& random) {
    query::testing::TripMix mix{.trips = static_cast<std::size_t>(pick(random, 0, 1500))};
    if (pick(random, 0, 1)) mix.lattice = 50'000;  // many equal distances
    if (pick(random, 0, 1)) mix.seconds = 100;     // many equal times
    RankTiles tiles;
    tiles.all = query::testing::tile_up(query::testing::make_trips(random, mix),
                                        static_cast<std::size_t>(pick(random, 1, 200)), 5000);
    tiles.mine.tiles.first_trip.push_back(0);
    int const ranks = world().size();
    auto const greedy = static_cast<int>(pick(random, 0, 4 * ranks - 1));
    for (std::size_t tile = 0; tile < tiles.all.tiles.size(); ++tile) {
        int const drawn = static_cast<int>(pick(random, 0, ranks - 1));
        if ((greedy < ranks ? greedy : drawn) != world().rank()) continue;
        append_tile(tiles.mine.tiles, tiles.all.tiles, tile);
        tiles.mine.store_row.push_back(tiles.all.store_row[tile]);
        for (std::uint64_t row = tiles.all.tiles.first_trip[tile]; row < tiles.all.tiles.first_trip[tile + 1]; ++row)
            append(tiles.mine.trips, trip_at(tiles.all.trips, row));
    }
    return tiles;
}

/// Local. Calls work(random) for some seeds, and says in a failure which one it was.
template <class Work>
void for_each_seed(std::uint64_t seeds, Work&& work) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + seeds; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        work(random);
    }
}

}  // namespace tessera::reduce::testing
