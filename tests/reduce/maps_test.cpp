#include "tessera/reduce/maps.hpp"

#include <gtest/gtest.h>

#include <map>

#include "query/oracle.hpp"
#include "query/slow_maps.hpp"
#include "rank_tiles.hpp"

namespace tessera::reduce {
namespace {

using namespace testing;  // tessera::reduce::testing

/// All tiles, and this rank's run of them. Some ranks may have none.
struct Runs {
    geo::LoadedTiles all;
    geo::LoadedTiles mine;
};

Runs make_runs(Random& random) {
    query::testing::TripMix const mix{.trips = static_cast<std::size_t>(pick(random, 1, 4000))};
    Runs runs;
    runs.all = query::testing::tile_up(query::testing::make_trips(random, mix),
                                       static_cast<std::size_t>(pick(random, 1, 300)));
    std::vector<std::size_t> cuts{0, runs.all.tiles.size()};
    for (int rank = 1; rank < world().size(); ++rank)
        cuts.push_back(static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(cuts[1]))));
    std::sort(cuts.begin(), cuts.end());
    auto const me = static_cast<std::size_t>(world().rank());
    runs.mine = query::testing::cut_out(runs.all, cuts[me], cuts[me + 1]);
    return runs;
}

MapRound make_round(Random& random, geo::LoadedTiles const& all) {
    auto const trips = query::testing::stored_trips(all);
    MapRound round;
    for (auto left = pick(random, 0, 5); left > 0; --left) {
        query::MapQuestion question{{static_cast<std::uint32_t>(pick(random, 6, 14)), 0, 0, 256}, {}, {}};
        auto const& trip = trips[static_cast<std::size_t>(pick(random, 0, std::int64_t(trips.size()) - 1))].trip;
        geo::MapGrid const tiles(question.tile.zoom);
        question.tile.x = tiles.column_of(trip.pickup_lon.count);
        question.tile.y = tiles.row_of(trip.pickup_lat.count);
        if (pick(random, 0, 1)) question.filter = query::testing::make_filter(random, trips);
        if (pick(random, 0, 2) == 0) question.measure = {query::Statistic::mean, query::Field::fare};
        round.pictures.push_back(question);
        round.touched.insert(round.touched.end(), static_cast<std::size_t>(world().size()), 1);
    }
    for (auto left = pick(random, 0, 2); left > 0; --left)
        round.samples.push_back(
            {static_cast<std::uint32_t>(pick(random, 10, 25)), static_cast<std::uint32_t>(pick(random, 0, 2)), {}, {}});
    return round;
}

std::map<std::uint64_t, query::PixelTally> by_pixel(std::vector<query::TalliedPixel> const& pixels) {
    std::map<std::uint64_t, query::PixelTally> found;
    for (query::TalliedPixel const& pixel : pixels)
        EXPECT_TRUE(found.emplace(pixel.key, pixel.tally).second);
    return found;
}

TEST(CountMaps, AreThoseOfOneRankThatHasAll) {
    for_each_seed(25, [](Random& random) {
        Runs const runs = make_runs(random);
        query::TripIndex const mine(runs.mine), all(runs.all);
        MapRound const round = make_round(random, runs.all);
        MapCounts const counts = count_maps(world(), mine, round);
        if (!world().is_root()) return;
        EXPECT_EQ(counts.error, "");
        ASSERT_EQ(counts.pictures.size(), round.pictures.size());
        for (std::size_t i = 0; i < round.pictures.size(); ++i)
            EXPECT_EQ(counts.pictures[i], query::testing::count_map_slowly(runs.all, round.pictures[i]));
        ASSERT_EQ(counts.samples.size(), round.samples.size());
        for (std::size_t i = 0; i < round.samples.size(); ++i)
            EXPECT_EQ(by_pixel(counts.samples[i]), by_pixel(query::count_sample(all, round.samples[i])));
    });
}

/// Ranks that a picture does not touch have nothing to do with it, and send nothing.
TEST(CountMaps, OnlyRanksThatAreTouchedCount) {
    Random random(harness::seed());
    Runs const runs = make_runs(random);
    query::TripIndex const mine(runs.mine);
    MapRound round;
    round.pictures.push_back({});
    round.touched.assign(static_cast<std::size_t>(world().size()), 0);
    EXPECT_TRUE(count_maps(world(), mine, round).pictures.at(0).empty());
}

TEST(MapRound, ComesThroughTheWire) {
    Random random(harness::seed());
    Runs const runs = make_runs(random);
    for (int i = 0; i < 20; ++i) {
        MapRound const round = make_round(random, runs.all);
        request::WireWriter out;
        put_map_round(out, round);
        auto const bytes = out.take();
        request::WireReader in(bytes);
        MapRound const back = get_map_round(in);
        EXPECT_TRUE(in.at_end());
        EXPECT_EQ(back.touched, round.touched);
        EXPECT_EQ(back.samples.size(), round.samples.size());
        ASSERT_EQ(back.pictures.size(), round.pictures.size());
        for (std::size_t k = 0; k < round.pictures.size(); ++k) {
            EXPECT_EQ(back.pictures[k].tile, round.pictures[k].tile);
            EXPECT_EQ(back.pictures[k].measure, round.pictures[k].measure);
            EXPECT_EQ(back.pictures[k].filter.from, round.pictures[k].filter.from);
            EXPECT_EQ(back.pictures[k].filter.box, round.pictures[k].filter.box);
        }
    }
}

}  // namespace
}  // namespace tessera::reduce
