#include "tessera/query/nearest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "harness/seed.hpp"
#include "oracle.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

/// Metres by another road than geo's: the chord between two points of the unit sphere.
double metres_by_chord(geo::Point a, geo::Point b) {
    auto const radians = [](std::int32_t angle) { return angle * 1e-7L * std::numbers::pi_v<long double> / 180; };
    auto const ground = [&](geo::Point p) {
        long double const lon = radians(p.lon), lat = radians(p.lat);
        return std::array{std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
    };
    auto const from = ground(a), to = ground(b);
    long double square = 0;
    for (std::size_t i = 0; i < 3; ++i)
        square += (from[i] - to[i]) * (from[i] - to[i]);
    return static_cast<double>(2 * 6'371'008.8L * std::asin(std::min(1.0L, std::sqrt(square) / 2)));
}

/// The oracle: the distance to each trip that matches, sorted.
std::vector<Neighbour> find_slowly(geo::LoadedTiles const& loaded, NearestQuestion const& question) {
    std::vector<Neighbour> all;
    for (StoredTrip const& stored : matching_trips(loaded, question.filter)) {
        geo::Point const point = point_of(stored.trip, question.filter.on);
        if (point.lon == std::numeric_limits<std::int32_t>::min()) continue;
        double const metres = geo::great_circle_metres(question.at, point);
        // Where two points coincide or are opposite, the chord loses half of its digits.
        EXPECT_NEAR(metres, metres_by_chord(question.at, point), 1e-9 * metres + (metres > 1.9e7 ? 1 : 1e-3));
        if (question.within_metres && metres > *question.within_metres) continue;
        all.push_back({metres, stored.trip.line, stored.trip.file, stored.store_row});
    }
    std::sort(all.begin(), all.end());
    if (all.size() > question.k) all.resize(question.k);
    return all;
}

void expect_same(std::vector<Neighbour> const& found, std::vector<Neighbour> const& wanted) {
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].metres, wanted[i].metres) << "neighbour " << i;
        EXPECT_EQ(found[i].file, wanted[i].file) << "neighbour " << i;
        EXPECT_EQ(found[i].line, wanted[i].line) << "neighbour " << i;
        EXPECT_EQ(found[i].store_row, wanted[i].store_row) << "neighbour " << i;
    }
}

void expect_right(geo::LoadedTiles const& loaded, NearestQuestion const& question) {
    expect_same(NearestIndex(loaded, question.filter.on).find(question), find_slowly(loaded, question));
}

geo::Point make_origin(Random& random, TripMix const& mix, std::vector<StoredTrip> const& trips) {
    constexpr std::int32_t degree = core::angle_units_per_degree;
    geo::Point const trip =
        point_of(trips[static_cast<std::size_t>(pick(random, 0, 50)) % trips.size()].trip, End::pickup);
    switch (pick(random, 0, 5)) {
        case 0:
            return trip;
        case 1:
            return {static_cast<std::int32_t>(pick(random, -180 * std::int64_t{degree}, 180 * std::int64_t{degree})),
                    static_cast<std::int32_t>(pick(random, -90 * degree, 90 * degree))};
        case 2:  // the other side of the globe
            return {trip.lon > 0 ? trip.lon - 180 * degree : trip.lon + 180 * degree, -trip.lat};
        case 3:
            return {one_in(random, 2) ? 180 * degree : -180 * degree,
                    static_cast<std::int32_t>(pick(random, -9, 9)) * 10 * degree};
        default:
            break;
    }
    std::int64_t const reach = mix.everywhere ? 50'000'000 : 30'000;
    auto const beside = [&](std::int32_t x, std::int64_t limit) {
        return static_cast<std::int32_t>(std::clamp(x + pick(random, -reach, reach), -limit * degree, limit * degree));
    };
    std::int32_t const lon = beside(trip.lon, 180);
    return {lon, beside(trip.lat, 90)};
}

NearestQuestion make_question(Random& random, TripMix const& mix, std::vector<StoredTrip> const& trips) {
    NearestQuestion question;
    question.at = make_origin(random, mix, trips);
    question.k = static_cast<std::size_t>(one_in(random, 6) ? pick(random, 0, 5000) : pick(random, 1, 30));
    question.filter = make_filter(random, trips);
    if (one_in(random, 2)) question.filter.box.reset();
    if (one_in(random, 2)) question.filter.from.reset();
    StoredTrip const& any = trips[static_cast<std::size_t>(pick(random, 0, 1000)) % trips.size()];
    geo::Point const end = point_of(any.trip, question.filter.on);
    if (one_in(random, 3) && is_known(end))  // a radius that ends exactly at a trip
        question.within_metres = geo::great_circle_metres(question.at, end);
    return question;
}

TEST(Nearest, AgreesWithLookingAtEachTrip) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 120; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix mix{.trips = 1500, .seconds = 100'000};
        if (one_in(random, 2)) mix.lattice = 20'000;  // many trips at one place
        mix.everywhere = one_in(random, 3);
        if (mix.everywhere && one_in(random, 2)) mix.lattice = 100'000'000;
        auto const tile_trips =
            static_cast<std::size_t>(one_in(random, 2) ? pick(random, 1, 20) : pick(random, 20, 2000));
        geo::LoadedTiles loaded = tile_up(make_trips(random, mix), tile_trips, 500);
        if (one_in(random, 2)) loaded = leave_some_out(random, loaded);
        auto const trips = stored_trips(loaded);
        if (trips.empty()) continue;
        for (int i = 0; i < 8; ++i)
            expect_right(loaded, make_question(random, mix, trips));
    }
}

TEST(Nearest, TiesAreBrokenByFileAndLine) {
    std::vector<core::Trip> trips;
    core::Trip trip;
    trip.pickup_lon.count = -739'857'000;
    trip.pickup_lat.count = 407'484'000;
    for (std::uint32_t i = 0; i < 100; ++i) {  // the later in time, the earlier in file and line
        trip.pickup_time.count = 1'396'310'400 + i;
        trip.file.count = static_cast<std::uint16_t>((99 - i) / 10);
        trip.line.count = 200 - i;
        trips.push_back(trip);
    }
    geo::LoadedTiles const loaded = tile_up(trips, 7);
    NearestQuestion question;
    question.at = {trip.pickup_lon.count, trip.pickup_lat.count + 100};
    question.k = 5;
    auto const found = NearestIndex(loaded, End::pickup).find(question);
    ASSERT_EQ(found.size(), 5U);
    for (std::uint32_t i = 0; i < 5; ++i)
        EXPECT_EQ(found[i].line.count, 101 + i);
    question.k = 500;
    expect_right(loaded, question);
}

/// On either side of a point, as far east as west: haversines that may differ in their last bits and metres that may
/// not.
TEST(Nearest, PlacesThatAreEquallyFarAreTies) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 100; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        NearestQuestion question;
        question.at = {static_cast<std::int32_t>(pick(random, -740'000'000, -739'000'000)),
                       static_cast<std::int32_t>(pick(random, 405'000'000, 409'000'000))};
        std::vector<core::Trip> trips;
        for (std::uint32_t i = 0; i < 200; ++i) {
            core::Trip trip;
            auto const away = static_cast<std::int32_t>(1'000'000 + pick(random, 0, 1));
            trip.pickup_lon.count = question.at.lon + (one_in(random, 2) ? away : -away);
            trip.pickup_lat.count = question.at.lat;
            trip.pickup_time.count = static_cast<std::uint32_t>(pick(random, 1, 1000));
            trip.line.count = i;
            trips.push_back(trip);
        }
        std::shuffle(trips.begin(), trips.end(), random);
        question.k = static_cast<std::size_t>(pick(random, 1, 150));
        expect_right(tile_up(trips, 16), question);
    }
}

TEST(Nearest, WithinIsClosed) {
    core::Trip trip;
    trip.pickup_lon.count = 1'000'000;
    geo::LoadedTiles const loaded = tile_up({trip}, 5);
    NearestQuestion question;
    NearestIndex const index(loaded, End::pickup);
    for (std::int32_t lat = 0; lat < 3'000'000; lat += 9'973) {
        question.at = {0, lat};
        double const metres = geo::great_circle_metres(question.at, {1'000'000, 0});
        question.within_metres = metres;
        EXPECT_EQ(index.find(question).size(), 1U);
        question.within_metres = std::nextafter(metres, 0.0);
        EXPECT_TRUE(index.find(question).empty());
        EXPECT_EQ(tiles_by_distance(loaded.tiles, question).size(), 1U);  // a bound cannot be that sharp
        question.within_metres = metres * 0.999;
        EXPECT_TRUE(tiles_by_distance(loaded.tiles, question).empty());
    }
    question.at = {1'000'000, 0};
    question.within_metres = 0;
    EXPECT_EQ(index.find(question).size(), 1U);
}

TEST(Nearest, ATeamFindsTheSameNeighbours) {
    Random random(harness::seed());
    for (bool const odd_values : {true, false}) {  // true: a few drop-offs far away stretch every box
        TripMix const mix{.trips = 400'000, .lattice = 5'000, .odd_values = odd_values};
        geo::LoadedTiles const loaded = tile_up(make_trips(random, mix), 1024);
        NearestIndex const index(loaded, End::dropoff);
        for (std::int32_t const away : {0, 3'000'000, 15'000'000}) {  // from Midtown out to the sea
            NearestQuestion question;
            question.at = {-739'857'000 + away, 407'484'000};
            question.k = 3000;
            question.filter.on = End::dropoff;
            auto const wanted = find_slowly(loaded, question);
            with_thread_counts([&] { expect_same(index.find(question), wanted); });
        }
    }
}

TEST(Nearest, TilesComeByDistanceAndBoundTheirTrips) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 40; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        TripMix const mix{.trips = 600, .seconds = 4000, .everywhere = one_in(random, 2)};
        geo::LoadedTiles const loaded = tile_up(make_trips(random, mix), 1 + seed % 50);
        NearestQuestion const question = make_question(random, mix, stored_trips(loaded));
        auto const tiles = tiles_by_distance(loaded.tiles, question);
        std::vector<double> bound(loaded.tiles.size(), 2.0);  // where the tile is left out: nothing in it may be found
        for (std::size_t i = 0; i < tiles.size(); ++i) {
            bound[tiles[i].tile] = tiles[i].haversine;
            EXPECT_TRUE(i == 0 || tiles[i - 1].haversine <= tiles[i].haversine);
        }
        NearestQuestion all = question;
        all.k = 600;
        geo::DistanceFrom const from(question.at);
        for (Neighbour const& neighbour : find_slowly(loaded, all)) {
            auto const& first = loaded.tiles.first_trip;
            auto const tile = static_cast<std::size_t>(
                std::upper_bound(first.begin(), first.end(), neighbour.store_row) - first.begin() - 1);
            geo::Point const point = end_of(loaded.trips, question.filter.on, neighbour.store_row);
            EXPECT_LE(bound[tile], from.haversine(point));
        }
    }
}

TEST(Nearest, NothingToFind) {
    NearestQuestion question;
    geo::LoadedTiles const none;
    EXPECT_TRUE(NearestIndex(none, End::pickup).find(question).empty());
    core::Trip trip;  // its drop-off is unknown
    geo::LoadedTiles const one = tile_up({trip}, 5);
    question.filter.on = End::dropoff;
    EXPECT_TRUE(NearestIndex(one, End::dropoff).find(question).empty());
    EXPECT_TRUE(tiles_by_distance(one.tiles, question).empty());
    question.filter.on = End::pickup;
    EXPECT_EQ(NearestIndex(one, End::pickup).find(question).size(), 1U);
    EXPECT_THROW(NearestIndex(one, End::dropoff).find(question), std::invalid_argument);
    question.k = 0;
    EXPECT_TRUE(NearestIndex(one, End::pickup).find(question).empty());
}

TEST(Nearest, MergingPartsGivesTheWhole) {
    Random random(harness::seed());
    auto const trips = make_trips(random, {.trips = 900, .lattice = 50'000});
    NearestQuestion question;
    question.at = point_of(trips[0], End::pickup);
    question.k = 40;
    std::vector<core::Trip> parts[3];
    for (core::Trip const& trip : trips)
        parts[pick(random, 0, 2)].push_back(trip);
    std::vector<Neighbour> found[3];
    for (std::size_t i = 0; i < 3; ++i) {
        geo::LoadedTiles const loaded = tile_up(parts[i], 30);
        found[i] = NearestIndex(loaded, End::pickup).find(question);
    }
    auto const wanted = find_slowly(tile_up(trips, 30), question);
    for (auto const& merged :
         {merge(merge(found[0], found[1], 40), found[2], 40), merge(found[2], merge(found[1], found[0], 40), 40)}) {
        ASSERT_EQ(merged.size(), wanted.size());
        for (std::size_t i = 0; i < merged.size(); ++i)
            EXPECT_EQ(merged[i].line, wanted[i].line);
    }
}

}  // namespace
}  // namespace tessera::query
