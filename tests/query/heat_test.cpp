#include "tessera/query/heat.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "harness/seed.hpp"
#include "oracle.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

/// The oracle: for each trip, walks along the picture until the pixel holds it.
std::vector<std::uint64_t> count_slowly(geo::LoadedTiles const& loaded, HeatQuestion const& question) {
    geo::Box const& frame = question.frame;
    auto const walk_to = [](std::int64_t distance, std::int64_t length, std::int64_t pixels) {
        std::int64_t pixel = 0;  // pixel p holds p * length <= distance * pixels < (p + 1) * length
        while ((pixel + 1) * length <= distance * pixels)
            ++pixel;
        return static_cast<std::size_t>(pixel);
    };
    std::vector<std::uint64_t> counts(std::size_t{question.width} * question.height);
    for (StoredTrip const& stored : matching_trips(loaded, question.filter)) {
        geo::Point const point = point_of(stored.trip, question.filter.on);
        if (!is_known(point) || !frame.contains(point)) continue;
        auto const x =
            walk_to(std::int64_t{point.lon} - frame.west, std::int64_t{frame.east} - frame.west + 1, question.width);
        auto const y = walk_to(std::int64_t{frame.north} - point.lat, std::int64_t{frame.north} - frame.south + 1,
                               question.height);
        ++counts[y * question.width + x];
    }
    return counts;
}

TEST(Heat, AgreesWithLookingAtEachTrip) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 60; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix const mix{.trips = 800, .seconds = 9000, .lattice = 1000, .everywhere = one_in(random, 4)};
        geo::LoadedTiles loaded = tile_up(make_trips(random, mix), static_cast<std::size_t>(pick(random, 1, 900)));
        auto const trips = stored_trips(loaded);
        HeatQuestion question;
        question.frame.include(point_of(trips[0].trip, End::pickup));  // its corners and edges hold trips
        question.frame.include(point_of(trips[trips.size() / 2].trip, End::pickup));
        question.width = static_cast<std::uint32_t>(pick(random, 1, 90));
        question.height = static_cast<std::uint32_t>(pick(random, 1, 90));
        question.filter = make_filter(random, trips);
        EXPECT_EQ(count_pixels(loaded, question), count_slowly(loaded, question));
    }
}

TEST(Heat, CornersOfTheFrame) {
    std::vector<core::Trip> trips(3);
    trips[0].pickup_lon.count = -100, trips[0].pickup_lat.count = 200;  // north-west
    trips[1].pickup_lon.count = 100, trips[1].pickup_lat.count = -200;  // south-east
    trips[2].pickup_lon.count = 101, trips[2].pickup_lat.count = 0;     // outside
    HeatQuestion question;
    question.frame = {-100, -200, 100, 200};
    question.width = question.height = 2;
    EXPECT_EQ(count_pixels(tile_up(trips, 1), question), (std::vector<std::uint64_t>{1, 0, 0, 1}));
}

TEST(Heat, PixelsAreCutExactly) {
    for (std::int32_t units = 1; units <= 40; ++units)
        for (std::uint32_t pixels = 1; pixels <= 45; ++pixels) {
            SCOPED_TRACE(::testing::Message() << units << " units, " << pixels << " pixels");
            std::vector<core::Trip> trips(static_cast<std::size_t>(units));
            for (std::int32_t i = 0; i < units; ++i) {  // one trip in every unit of either side
                trips[static_cast<std::size_t>(i)].pickup_lon.count = -5 + i;
                trips[static_cast<std::size_t>(i)].pickup_lat.count = 3 - i;
            }
            HeatQuestion question;
            question.frame = {-5, 4 - units, units - 6, 3};
            question.width = question.height = pixels;
            geo::LoadedTiles const loaded = tile_up(trips, 100);
            EXPECT_EQ(count_pixels(loaded, question), count_slowly(loaded, question));
        }
}

TEST(Heat, SameAtAnyThreadCount) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = tile_up(make_trips(random, {.trips = 60'000}), 400);
    HeatQuestion question;
    question.frame = {-743'000'000, 404'500'000, -736'000'000, 410'000'000};
    question.width = question.height = 60;
    auto const wanted = count_slowly(loaded, question);
    with_thread_counts([&] { EXPECT_EQ(count_pixels(loaded, question), wanted); });
}

TEST(Heat, NothingLoadedIsAllZero) {
    HeatQuestion question;
    question.frame = geo::Box::world();
    question.width = question.height = 3;
    EXPECT_EQ(count_pixels(geo::LoadedTiles{}, question), std::vector<std::uint64_t>(9));
}

TEST(Heat, AKilometreIsAsLongInBothDirections) {
    constexpr std::int32_t degree = core::angle_units_per_degree;
    EXPECT_EQ(height_of({-degree, -degree, degree, degree}, 500), 500U);          // at the equator
    EXPECT_EQ(height_of({0, 59 * degree, 2 * degree, 61 * degree}, 500), 1000U);  // cos 60 degrees = 1/2
    EXPECT_EQ(height_of({0, 0, 10 * degree, 1}, 10), 1U);
    EXPECT_EQ(height_of({-743'000'000, 404'500'000, -736'000'000, 410'000'000}, 1200), 1244U);
}

}  // namespace
}  // namespace tessera::query
