#include "tessera/request/touched_tiles.hpp"

#include "rank_scene.hpp"

namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing

/// The oracle: each tile's bound is compared with how far one has to look.
TileSpan tiles_slowly(Scene const& scene, geo::Point at, double haversine) {
    TileSpan span{scene.loaded.tiles.size(), 0};
    for (std::size_t tile = 0; tile < scene.loaded.tiles.size(); ++tile) {
        if (geo::DistanceFrom(at).lower_bound(scene.loaded.tiles.pickup_box[tile]) > haversine) continue;
        span.first = std::min(span.first, tile);
        span.last = std::max(span.last, tile);
    }
    return span;
}

/// As far as the k-th of all trips.
TileSpan needed_slowly(Scene const& scene, query::NearestQuestion const& question) {
    if (question.k > scene.trips.size()) return {0, scene.loaded.tiles.size() - 1};
    std::vector<double> metres;
    for (StoredTrip const& stored : scene.trips)
        metres.push_back(
            geo::great_circle_metres(question.at, query::testing::point_of(stored.trip, query::End::pickup)));
    std::sort(metres.begin(), metres.end());
    return tiles_slowly(scene, question.at, geo::haversine_of(metres[question.k - 1]) * (1 + 1e-9));
}

TEST(TouchedTiles, AreThoseThatTheSlowestWayFinds) {
    std::size_t narrow = 0, asked = 0;
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 20; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        auto loaded = query::testing::tile_up(query::testing::make_trips(random, {.trips = 1500}),
                                              static_cast<std::size_t>(pick(random, 1, 80)));
        std::vector<std::size_t> cuts(loaded.tiles.size() + 1);
        std::iota(cuts.begin(), cuts.end(), 0U);
        Scene const scene(std::move(loaded), std::move(cuts));
        RankReach const reach(scene.loaded.tiles, scene.cuts);
        std::vector<query::NearestQuestion> questions;
        for (int i = 0; i < 40; ++i) {
            questions.push_back(make_nearest(random, scene.trips));
            questions.back().filter = {};
            questions.back().within_metres.reset();
            questions.back().k = static_cast<std::size_t>(pick(random, 1, 30));
        }
        questions.back().k = 100'000;  // more than there are
        auto const touched = find_touched_tiles(scene.loaded, questions);
        ASSERT_EQ(touched.size(), questions.size());
        for (std::size_t i = 0; i < questions.size(); ++i) {
            auto const needed = needed_slowly(scene, questions[i]),
                       by_table = tiles_slowly(scene, questions[i].at, reach.ceiling_of(questions[i]));
            auto const asked_ranks = reach.of(questions[i]);
            EXPECT_EQ(touched[i].needed.first, needed.first) << describe(Question(questions[i]));
            EXPECT_EQ(touched[i].needed.last, needed.last);
            EXPECT_EQ(touched[i].asked.first, by_table.first);
            EXPECT_EQ(touched[i].asked.last, by_table.last);
            EXPECT_LE(touched[i].asked.first, touched[i].needed.first) << "what is needed is asked";
            EXPECT_GE(touched[i].asked.last, touched[i].needed.last);
            EXPECT_EQ(asked_ranks[touched[i].asked.first], 1) << "each tile has a rank to itself";
            EXPECT_EQ(asked_ranks[touched[i].asked.last], 1);
            narrow += touched[i].needed.last - touched[i].needed.first < scene.loaded.tiles.size() / 2 ? 1 : 0;
            ++asked;
        }
    }
    EXPECT_GT(narrow, asked / 4) << "the questions must not all touch everything";
    EXPECT_LT(narrow, asked);
}

TEST(TouchedTiles, OfNothing) {
    geo::LoadedTiles none;
    none.tiles.first_trip.push_back(0);
    EXPECT_TRUE(find_touched_tiles(none, {}).empty());
    EXPECT_EQ(find_touched_tiles(none, std::vector<query::NearestQuestion>(3)).size(), 3U);
}

}  // namespace
}  // namespace tessera::request
