#include "rank_scene.hpp"

// Where one trip, one metre or one second decides.
namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing

constexpr geo::Point here{-739'857'000, 407'484'000};
constexpr core::WallTime noon{1'396'353'600};

core::Trip trip_at(geo::Point place, core::WallTime time, std::uint32_t line) {
    core::Trip trip;
    trip.pickup_time = time;
    trip.pickup_lon = {place.lon};
    trip.pickup_lat = {place.lat};
    trip.line = {line};
    return trip;
}

/// A scene where each place has a tile, and each tile a rank, of its own.
Scene make_ranks(std::vector<core::Trip> const& trips) {
    auto loaded = query::testing::tile_up(trips, 1);
    std::vector<std::size_t> cuts(loaded.tiles.size() + 1);
    std::iota(cuts.begin(), cuts.end(), 0U);
    return {std::move(loaded), std::move(cuts)};
}

void expect_no_rank_lost(Scene const& scene, query::NearestQuestion const& question) {
    Ranks const touched = RankReach(scene.loaded.tiles, scene.cuts).of(question);
    Ranks const needed = ranks_with_answers(scene, question);
    EXPECT_GT(count(needed), 0U);
    for (std::size_t rank = 0; rank < scene.ranks(); ++rank)
        EXPECT_GE(touched[rank], needed[rank]) << "rank " << rank << " of " << describe(Question(question));
}

/// Along a meridian the bounds are as good as the distances, so that nothing but the care with rounding keeps those
/// that are exactly as far as the radius, or as the k-th.
TEST(RankReachEdges, ATripExactlyAsFarAsAllowedCounts) {
    std::vector<core::Trip> trips;
    for (std::uint32_t i = 0; i < 16; ++i)
        trips.push_back(trip_at({here.lon, here.lat + 450 * (static_cast<std::int32_t>(i) - 8)}, noon, 100 - i));
    Scene const scene = make_ranks(trips);
    ASSERT_EQ(scene.ranks(), 16U);
    for (std::int32_t const beside : {0, 225}) {  // at a trip, and between two that are equally far
        query::NearestQuestion question{{here.lon, here.lat + beside}, 10'000, {}, {}};
        for (core::Trip const& trip : trips) {
            question.within_metres =
                geo::great_circle_metres(question.at, query::testing::point_of(trip, query::End::pickup));
            expect_no_rank_lost(scene, question);
        }
        question.within_metres.reset();
        for (question.k = 1; question.k < 17; ++question.k)
            expect_no_rank_lost(scene, question);
    }
}

/// The nearest trip of all is the last of all, just beyond the window.
TEST(RankReachEdges, ATripThatTheWindowLeavesOutDoesNotCount) {
    geo::Point const beside{here.lon + 100'000, here.lat}, far{here.lon + 10'000'000, here.lat};
    Scene const scene = make_ranks({trip_at(here, {noon.count + 60}, 1), trip_at(beside, noon, 2),
                                    trip_at(far, noon, 3), trip_at({far.lon, far.lat + 50'000}, noon, 4)});
    query::NearestQuestion question{here, 1, {}, {}};
    expect_no_rank_lost(scene, question);
    question.filter.to = core::WallTime{noon.count + 60};
    expect_no_rank_lost(scene, question);
    question.filter.to.reset();
    question.filter.from = core::WallTime{noon.count + 1};
    expect_no_rank_lost(scene, question);
}

/// Tiles tell how many pick-ups they hold, not how many drop-offs are known.
TEST(RankReachEdges, AnUnknownDropoffDoesNotCount) {
    geo::Point const far{here.lon + 10'000'000, here.lat};
    core::Trip known = trip_at(far, noon, 2);
    known.dropoff_lon = {far.lon};
    known.dropoff_lat = {far.lat};
    query::NearestQuestion question{here, 1, {}, {}};
    question.filter.on = query::End::dropoff;
    expect_no_rank_lost(make_ranks({trip_at(here, noon, 1), known}), question);
}

TEST(RankReachEdges, ATripOfAnotherSourceDoesNotCount) {
    core::Trip green = trip_at({here.lon + 10'000'000, here.lat}, noon, 2);
    green.source = core::Source::green;
    query::NearestQuestion question{here, 1, {}, {}};
    question.filter.sources = query::SourceSet::none();
    question.filter.sources.add(core::Source::green);
    expect_no_rank_lost(make_ranks({trip_at(here, noon, 1), green}), question);
}

}  // namespace
}  // namespace tessera::request
