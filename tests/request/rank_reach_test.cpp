#include "tessera/request/rank_reach.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "describe.hpp"
#include "harness/seed.hpp"
#include "random_questions.hpp"
#include "tessera/geo/great_circle.hpp"

namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing
using Ranks = std::vector<std::uint8_t>;

/// Some trips in tiles, and the rank that owns each of them.
struct Scene {
    geo::LoadedTiles loaded;
    std::vector<std::size_t> cuts;
    std::vector<StoredTrip> trips;
    std::vector<std::size_t> rank_of;  ///< of each trip

    Scene(geo::LoadedTiles tiles, std::vector<std::size_t> runs)
        : loaded(std::move(tiles)), cuts(std::move(runs)), trips(stored_trips(loaded)) {
        for (std::size_t rank = 0; rank < ranks(); ++rank)
            rank_of.insert(rank_of.end(), loaded.tiles.first_trip[cuts[rank + 1]] - loaded.tiles.first_trip[cuts[rank]],
                           rank);
    }
    std::size_t ranks() const { return cuts.size() - 1; }
};

Scene make_scene(Random& random) {
    auto loaded = query::testing::tile_up(query::testing::make_trips(random, make_mix(random, 1500)),
                                          static_cast<std::size_t>(pick(random, 1, 80)));
    auto cuts = make_cuts(random, loaded.tiles.size(), static_cast<std::size_t>(pick(random, 1, 12)));
    return {std::move(loaded), std::move(cuts)};
}

/// The oracle: the ranks that own a trip of the answer, found by looking at every trip.
Ranks ranks_with_answers(Scene const& scene, Question const& question) {
    query::Filter const& filter = filter_of(question);
    auto const* const nearest = std::get_if<query::NearestQuestion>(&question);
    std::vector<std::tuple<double, core::FileId, core::LineNumber, std::size_t>> found;
    for (std::size_t i = 0; i < scene.trips.size(); ++i) {
        core::Trip const& trip = scene.trips[i].trip;
        if (!query::testing::matches(filter, trip)) continue;
        geo::Point const end = query::testing::point_of(trip, filter.on);
        if (nearest != nullptr && !query::is_known(end)) continue;
        double const metres = nearest != nullptr ? geo::great_circle_metres(nearest->at, end) : 0;
        if (nearest != nullptr && nearest->within_metres && metres > *nearest->within_metres) continue;
        found.emplace_back(metres, trip.file, trip.line, i);
    }
    std::sort(found.begin(), found.end());
    if (nearest != nullptr && found.size() > nearest->k) found.resize(nearest->k);
    Ranks ranks(scene.ranks(), 0);
    for (auto const& [metres, file, line, i] : found)
        ranks[scene.rank_of[i]] = 1;
    return ranks;
}

std::size_t count(Ranks const& ranks) {
    return std::accumulate(ranks.begin(), ranks.end(), std::size_t{0});
}

/// Twelve ranks, 6,000 trips of the city in equal shares.
Scene make_city() {
    Random random(harness::seed());
    auto loaded = query::testing::tile_up(query::testing::make_trips(random, {.trips = 6000, .odd_values = false}), 20);
    std::vector<std::size_t> cuts;
    for (std::size_t rank = 0; rank <= 12; ++rank)
        cuts.push_back(rank * loaded.tiles.size() / 12);
    return {std::move(loaded), std::move(cuts)};
}

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

/// Of matches, the tile table tells all that can be told: touched is who owns a tile that may hold one.
TEST(RankReach, OfMatchesIsWhatTheTilesSay) {
    Random random(harness::seed());
    Scene const scene = make_city();
    RankReach const reach(scene.loaded.tiles, scene.cuts);
    for (int i = 0; i < 300; ++i) {
        Question const question = make_question(random, scene.trips);
        if (operation_of(question) == Operation::nearest) continue;
        Ranks wanted(scene.ranks(), 0);
        for (std::size_t rank = 0; rank < scene.ranks(); ++rank)
            for (std::size_t tile = scene.cuts[rank]; tile < scene.cuts[rank + 1]; ++tile)
                if (query::may_match(filter_of(question), scene.loaded.tiles, tile)) wanted[rank] = 1;
        EXPECT_EQ(reach.of(question), wanted) << describe(question);
    }
}

/// A haversine that the k-th neighbour is within as far as the table tells, where all trips are asked about: the
/// farthest corner of the tiles that come first by their least distance and hold k trips.
double ceiling_of(Scene const& scene, query::NearestQuestion const& question) {
    geo::TileTable const& tiles = scene.loaded.tiles;
    geo::DistanceFrom const from(question.at);
    double ceiling = question.within_metres ? geo::haversine_of(*question.within_metres) : 1;
    if (describe(Question(query::RangeQuestion{question.filter})) != describe(Question(query::RangeQuestion{})))
        return ceiling;
    std::vector<std::pair<double, std::size_t>> by_bound;
    for (std::size_t tile = 0; tile < tiles.size(); ++tile)
        by_bound.emplace_back(from.lower_bound(tiles.pickup_box[tile]), tile);
    std::sort(by_bound.begin(), by_bound.end());
    double farthest = 0, last_bound = 2;
    std::uint64_t trips = 0;
    for (auto const& [bound, tile] : by_bound) {
        if (trips >= question.k && bound > last_bound) return std::min(ceiling, farthest);
        trips += tiles.trips_in(tile);
        last_bound = bound;
        farthest = std::max(farthest, from.upper_bound(tiles.pickup_box[tile]));
    }
    return ceiling;
}

/// And of neighbours it is nobody whose tiles are all too far away.
TEST(RankReach, OfNeighboursIsNotMoreThanTheTilesSay) {
    Random random(harness::seed());
    Scene const scene = make_city();
    RankReach const reach(scene.loaded.tiles, scene.cuts);
    for (int i = 0; i < 1000; ++i) {
        query::NearestQuestion question = make_nearest(random, scene.trips);
        if (i % 2 == 0) question.filter = {};
        geo::DistanceFrom const from(question.at);
        double const ceiling = ceiling_of(scene, question) * (1 + 1e-8);
        auto const& boxes = query::boxes_of(scene.loaded.tiles, question.filter.on);
        Ranks most(scene.ranks(), 0);
        for (std::size_t rank = 0; rank < scene.ranks(); ++rank)
            for (std::size_t tile = scene.cuts[rank]; tile < scene.cuts[rank + 1]; ++tile)
                if (query::may_match(question.filter, scene.loaded.tiles, tile) &&
                    from.lower_bound(boxes[tile]) <= ceiling)
                    most[rank] = 1;
        Ranks const touched = reach.of(question);
        for (std::size_t rank = 0; rank < scene.ranks(); ++rank)
            EXPECT_LE(touched[rank], most[rank]) << "rank " << rank << " of " << describe(question);
    }
}

TEST(RankReach, TouchesFewForQuestionsAboutOnePlace) {
    Scene const scene = make_city();
    RankReach const reach(scene.loaded.tiles, scene.cuts);
    std::size_t nearest_one = 0, within = 0, in_box = 0, asked = 0;
    for (std::size_t i = 0; i < scene.trips.size(); i += 60, ++asked) {
        query::NearestQuestion question;
        question.at = query::testing::point_of(scene.trips[i].trip, query::End::pickup);
        question.k = 1;
        nearest_one += count(reach.of(question));
        question.k = 5000;
        question.within_metres = 50;
        within += count(reach.of(question));
        query::RangeQuestion box;
        box.filter.box = geo::Box{question.at.lon, question.at.lat, question.at.lon, question.at.lat};
        in_box += count(reach.of(box));
    }
    for (std::size_t const touched : {nearest_one, within, in_box}) {
        EXPECT_GE(touched, asked) << "the trip itself is an answer";
        EXPECT_LT(touched, 2 * asked) << "of 12 ranks, one or its neighbour, too";
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
