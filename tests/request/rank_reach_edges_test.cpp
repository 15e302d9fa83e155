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

/// A scene where each place has a tile of its own, and each rank two of them. (Of a single tile, a rank's tower of
/// boxes tells no distance.)
Scene make_ranks(std::vector<core::Trip> const& trips) {
    auto loaded = query::testing::tile_up(trips, 1);
    EXPECT_EQ(loaded.tiles.size(), trips.size());
    std::vector<std::size_t> cuts;
    for (std::size_t tile = 0; tile <= loaded.tiles.size(); tile += 2)
        cuts.push_back(tile);
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
    ASSERT_EQ(scene.ranks(), 8U);
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

/// Two trips at hand and two far away.
std::vector<core::Trip> near_and_far() {
    constexpr geo::Point far{here.lon + 1'000'000, here.lat + 1'000'000};
    return {trip_at(here, noon, 1), trip_at({here.lon, here.lat + 1000}, noon, 2), trip_at(far, noon, 3),
            trip_at({far.lon, far.lat + 1000}, noon, 4)};
}

TEST(RankReachEdges, WithoutFilterTheFarOnesAreLeftOut) {
    Scene const scene = make_ranks(near_and_far());
    EXPECT_EQ(count(RankReach(scene.loaded.tiles, scene.cuts).of(query::NearestQuestion{here, 1, {}, {}})), 1U);
}

/// The nearest trips are the last or the first of all, just beyond the window.
TEST(RankReachEdges, TripsThatTheWindowLeavesOutDoNotCount) {
    query::NearestQuestion question{here, 1, {}, {}};
    for (int const seconds : {-60, 60}) {
        auto trips = near_and_far();
        for (std::size_t const near : {0U, 1U})
            trips[near].pickup_time.count = static_cast<std::uint32_t>(static_cast<int>(noon.count) + seconds);
        Scene const scene = make_ranks(trips);
        question.filter = {};
        if (trips[0].pickup_time < noon)
            question.filter.from = core::WallTime{trips[0].pickup_time.count + 1};
        else
            question.filter.to = trips[0].pickup_time;
        expect_no_rank_lost(scene, question);
    }
}

/// Tiles tell how many pick-ups they hold, not how many drop-offs are known.
TEST(RankReachEdges, UnknownDropoffsDoNotCount) {
    auto trips = near_and_far();
    for (std::size_t const far : {2U, 3U}) {
        trips[far].dropoff_lon = trips[far].pickup_lon;
        trips[far].dropoff_lat = trips[far].pickup_lat;
    }
    query::NearestQuestion question{here, 1, {}, {}};
    question.filter.on = query::End::dropoff;
    expect_no_rank_lost(make_ranks(trips), question);
}

/// Nothing tells how far to look for a drop-off, but who knows none has none to offer.
TEST(RankReachEdges, RanksWithoutDropoffsAreLeftOut) {
    auto trips = near_and_far();
    for (std::size_t const far : {2U, 3U}) {
        trips[far].dropoff_lon = trips[far].pickup_lon;
        trips[far].dropoff_lat = trips[far].pickup_lat;
    }
    Scene const scene = make_ranks(trips);
    query::NearestQuestion question{here, 10, {}, {}};
    question.filter.on = query::End::dropoff;
    Ranks const touched = RankReach(scene.loaded.tiles, scene.cuts).of(question);
    EXPECT_EQ(touched, ranks_with_answers(scene, question));
    EXPECT_EQ(count(touched), 1U);
}

TEST(RankReachEdges, TripsOutsideTheBoxOrOfOtherSourcesDoNotCount) {
    auto trips = near_and_far();
    trips[2].source = trips[3].source = core::Source::green;
    Scene const scene = make_ranks(trips);
    query::NearestQuestion green{here, 1, {}, {}}, in_box = green;
    green.filter.sources = query::SourceSet::none();
    green.filter.sources.add(core::Source::green);
    expect_no_rank_lost(scene, green);
    in_box.filter.box = geo::Box{here.lon, here.lat + 1001, here.lon + 2'000'000, here.lat + 2'000'000};
    expect_no_rank_lost(scene, in_box);
}

}  // namespace
}  // namespace tessera::request
