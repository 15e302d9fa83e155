#include "rank_scene.hpp"

// That ranks are left out: a reach that is too wide loses no answer, only time.
namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing

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

/// The bounds that a walk goes by are so much looser than the tightest at most, for points in the city.
constexpr double slack = 1.02;

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
    double farthest = 0, last_bound = 0;
    std::uint64_t trips = 0;
    for (auto const& [bound, tile] : by_bound) {
        if (trips >= question.k && bound > slack * last_bound) return std::min(ceiling, farthest);
        if (trips < question.k) last_bound = bound;
        trips += tiles.trips_in(tile);
        farthest = std::max(farthest, from.upper_bound(tiles.pickup_box[tile]));
    }
    return ceiling;
}

/// And of neighbours it is nobody whose tiles are all too far away.
TEST(RankReach, OfNeighboursIsNotMoreThanTheTilesSay) {
    Random random(harness::seed());
    Scene const scene = make_city();
    RankReach const reach(scene.loaded.tiles, scene.cuts);
    geo::Box const city{-745'000'000, 400'000'000, -735'000'000, 412'000'000};
    std::size_t left_out = 0;
    for (int i = 0; i < 1500; ++i) {
        query::NearestQuestion question = make_nearest(random, scene.trips);
        if (!city.contains(question.at)) continue;
        if (i % 2 == 0) question.filter = {};
        geo::DistanceFrom const from(question.at);
        double const ceiling = ceiling_of(scene, question) * slack;
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
        left_out += scene.ranks() - count(most);
    }
    EXPECT_GT(left_out, 3000U) << "the tiles must say something";
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

}  // namespace
}  // namespace tessera::request
