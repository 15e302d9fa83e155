#include "rank_scene.hpp"

namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing

TEST(RankReach, LeavesNoRankOutThatHoldsAnAnswer) {
    std::size_t touched_ones = 0, needed_ones = 0, asked = 0;
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 60; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        Scene const scene = make_scene(random);
        RankReach const reach(scene.loaded.tiles, scene.cuts);
        for (int i = 0; i < 60; ++i) {
            Question const question = make_question(random, scene.trips);
            Ranks const touched = reach.of(question), needed = ranks_with_answers(scene, question);
            ASSERT_EQ(touched.size(), scene.ranks());
            for (std::size_t rank = 0; rank < scene.ranks(); ++rank) {
                bool const owns_tiles = scene.cuts[rank] < scene.cuts[rank + 1];
                EXPECT_LE(touched[rank], owns_tiles ? 1 : 0);
                EXPECT_GE(touched[rank], needed[rank]) << "rank " << rank << " of " << describe(question);
                asked += owns_tiles ? 1 : 0;
            }
            touched_ones += count(touched);
            needed_ones += count(needed);
        }
    }
    EXPECT_GT(needed_ones, asked / 10) << "the questions must have answers";
    EXPECT_LT(touched_ones, asked - asked / 10) << "and not touch everybody";
}

/// Nearest questions whose k-th neighbour ties with others, asked where a rank's share ends.
TEST(RankReach, LeavesNoTieOut) {
    Random random(harness::seed());
    auto loaded = query::testing::tile_up(
        query::testing::make_trips(random, {.trips = 1500, .lattice = 100'000, .odd_values = false}), 8);
    std::vector<std::size_t> cuts(loaded.tiles.size() + 1);
    std::iota(cuts.begin(), cuts.end(), 0U);
    Scene const scene(std::move(loaded), std::move(cuts));
    RankReach const reach(scene.loaded.tiles, scene.cuts);
    for (int i = 0; i < 600; ++i) {
        query::NearestQuestion question = make_nearest(random, scene.trips);
        question.at.lon = question.at.lon / 50'000 * 50'000;  // on the lattice, or half-way
        question.at.lat = question.at.lat / 50'000 * 50'000;
        question.filter = {};
        question.k = static_cast<std::size_t>(pick(random, 1, 60));
        if (i % 2 == 0) {  // a radius that goes through trips
            auto const some = static_cast<std::size_t>(pick(random, 0, 1499));
            question.within_metres = geo::great_circle_metres(
                question.at, query::testing::point_of(scene.trips[some].trip, query::End::pickup));
        }
        Ranks const touched = reach.of(question), needed = ranks_with_answers(scene, question);
        for (std::size_t rank = 0; rank < scene.ranks(); ++rank)
            EXPECT_GE(touched[rank], needed[rank]) << "rank " << rank << " of " << describe(question);
    }
}

TEST(RankReach, TouchesAllForQuestionsAboutAll) {
    Scene const scene = make_city();
    RankReach const reach(scene.loaded.tiles, scene.cuts);
    Ranks const all(scene.ranks(), 1);
    EXPECT_EQ(reach.of(query::RangeQuestion{}), all);
    EXPECT_EQ(reach.of(query::AggregateQuestion{}), all);
    query::NearestQuestion nearest;
    nearest.at = {-739857000, 407484000};
    nearest.k = 1'000'000;
    EXPECT_EQ(reach.of(nearest), all) << "k is more than there are";
    nearest.filter.on = query::End::dropoff;
    nearest.k = 1;
    EXPECT_EQ(reach.of(nearest), all) << "the table does not count known drop-offs";
}

TEST(RankReach, TouchesNobodyWhereNothingIs) {
    Scene const scene = make_city();
    RankReach const reach(scene.loaded.tiles, scene.cuts);
    Ranks const nobody(scene.ranks(), 0);
    query::Filter before, after, elsewhere;
    before.to = *std::min_element(scene.loaded.tiles.first_time.begin(), scene.loaded.tiles.first_time.end());
    after.from = core::WallTime{
        std::max_element(scene.loaded.tiles.last_time.begin(), scene.loaded.tiles.last_time.end())->count + 1};
    elsewhere.box = geo::Box{0, 0, 100, 100};
    for (query::Filter const& filter : {before, after, elsewhere}) {
        EXPECT_EQ(reach.of(query::RangeQuestion{filter, 10, false}), nobody);
        EXPECT_EQ(reach.of(query::AggregateQuestion{{}, {}, filter}), nobody);
        EXPECT_EQ(reach.of(query::NearestQuestion{{-739857000, 407484000}, 10, {}, filter}), nobody);
    }
    EXPECT_EQ(reach.of(query::NearestQuestion{{0, 0}, 10, 1000.0, {}}), nobody);
    before.to->count += 1;
    EXPECT_NE(reach.of(query::RangeQuestion{before, 10, false}), nobody) << "the first trip of all";
    after.from->count -= 1;
    EXPECT_NE(reach.of(query::RangeQuestion{after, 10, false}), nobody) << "the last trip of all";
}

TEST(RankReach, OfAStoreWithoutTrips) {
    geo::TileTable none;
    none.first_trip.push_back(0);
    RankReach const reach(none, {0, 0, 0, 0});
    EXPECT_EQ(reach.of(query::RangeQuestion{}), Ranks(3, 0));
    EXPECT_EQ(reach.of(query::NearestQuestion{}), Ranks(3, 0));
    EXPECT_EQ(reach.of(query::AggregateQuestion{}), Ranks(3, 0));
}

}  // namespace
}  // namespace tessera::request
