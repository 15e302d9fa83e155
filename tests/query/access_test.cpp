#include "access.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "harness/seed.hpp"
#include "oracle.hpp"
#include "scan.hpp"

// Each way to the rows by itself, whichever is the cheapest, and which one is taken when.
namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing
using Way = Access::Way;
using Rows = std::vector<std::uint64_t>;

constexpr std::size_t rows_a_slab = 1024;  // where an hour has fewer

/// Notes the places in the store of all rows that it is handed.
struct RowCollector {
    Rows rows;
    void take(RowBlock const& block) {
        for (std::size_t i = 0; i < block.size(); ++i)
            rows.push_back(block.store_row(i));
    }
    Rows finish() { return std::move(rows); }
};

/// All rows that a scan hands out, ascending.
Rows rows_of_scan(TripIndex const& index, Access const& access, Filter const& filter, Looked& looked) {
    Rows all;
    for (Rows const& rows : scan(index, access, filter, looked, [] { return RowCollector{}; }))
        all.insert(all.end(), rows.begin(), rows.end());
    std::sort(all.begin(), all.end());
    return all;
}

Rows rows_that_match(TripIndex const& index, Filter const& filter) {
    Rows rows;
    for (StoredTrip const& stored : matching_trips(index.loaded(), filter))
        rows.push_back(stored.store_row);
    return rows;
}

Access all_tiles(TripIndex const& index) {
    Access access;
    for (std::uint32_t tile = 0; tile < index.loaded().tiles.size(); ++tile)
        access.pieces.push_back(tile);
    return access;
}

Access all_blocks(RowOrder const& order, Way way) {
    Access access;
    access.way = way;
    access.on = order.on;
    for (std::uint32_t block = 0; block < order.blocks(); ++block)
        access.pieces.push_back(block);
    return access;
}

/// Every way that leads to all rows that may match a filter: through all pieces, and through those that may hold one.
std::vector<Access> ways_to(TripIndex const& index, Filter const& filter) {
    std::vector<Access> ways{all_tiles(index), access_by_tiles(index.loaded(), filter, {}),
                             plan_access(index, filter, {}), plan_access(index, filter, {core::Column::fare})};
    bool const by_dropoff = filter.box && filter.on == End::dropoff;
    for (End const on : {End::pickup, End::dropoff}) {
        if (on == End::dropoff && !by_dropoff) continue;  // trips whose drop-off is unknown would be missing
        TimeSlabs const& slabs = index.slabs(on);
        ways.push_back(all_blocks(slabs.order, Way::slabs));
        Access& some = ways.emplace_back(ways.back());
        some.pieces = blocks_within(slabs, slabs.blocks_of(slabs_in_window(slabs, filter)),
                                    on == filter.on ? filter.box : std::nullopt);
    }
    if (by_dropoff) ways.push_back(all_blocks(index.curve(End::dropoff), Way::dropoffs));
    return ways;
}

Filter make_any_filter(Random& random, TripMix const& mix, std::vector<StoredTrip> const& trips) {
    Filter filter = make_filter(random, trips);
    if (one_in(random, 3)) filter.from = filter.to = std::nullopt;
    if (one_in(random, 2)) {
        auto const from = mix.first.count + static_cast<std::uint32_t>(pick(random, 0, mix.seconds));
        filter.from = core::WallTime{from};
        filter.to = core::WallTime{from + static_cast<std::uint32_t>(pick(random, 0, 1 + mix.seconds / 5))};
    }
    if (one_in(random, 10)) filter.to = core::WallTime{0};
    return filter;
}

class AccessOf : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(AccessOf, EveryWayLeadsToTheSameRows) {
    Random random(harness::seed() + GetParam());
    TripMix mix{.trips = static_cast<std::size_t>(pick(random, 1, 9000))};
    if (one_in(random, 3)) mix.lattice = 50'000;
    if (one_in(random, 3)) mix.seconds = 100;  // windows begin and end amid equal times
    auto const loaded = tile_up(make_trips(random, mix), static_cast<std::size_t>(pick(random, 5, 300)),
                                static_cast<std::uint64_t>(pick(random, 0, 9999)));
    auto const trips = stored_trips(loaded);
    TripIndex const index(loaded);
    for (int round = 0; round < 25; ++round) {
        SCOPED_TRACE(::testing::Message() << "round " << round);
        Filter const filter = make_any_filter(random, mix, trips);
        Rows const wanted = rows_that_match(index, filter);
        for (Access access : ways_to(index, filter))
            for (std::uint64_t const about_rows : {0U, 1'000'000U}) {  // one thread, or a team
                access.rows = about_rows;
                Looked looked;
                EXPECT_EQ(rows_of_scan(index, access, filter, looked), wanted) << static_cast<int>(access.way);
                EXPECT_EQ(looked.tiles, access.pieces.size());
                EXPECT_GE(looked.rows, wanted.size());
            }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, AccessOf, ::testing::Range<std::uint64_t>(0, 16));

/// Some hundred slabs, of six hours each, and a few thousand tiles. Always the same ones: which way is the cheapest
/// depends on them.
class AccessPlan : public ::testing::Test {
  protected:
    AccessPlan() : random_(1), loaded_(make_loaded()), index_(loaded_) {}

    geo::LoadedTiles make_loaded() {
        return tile_up(make_trips(random_, {.trips = 120 * rows_a_slab, .odd_values = false}), 60);
    }
    static core::WallTime hour(std::uint32_t number) { return {TripMix{}.first.count + number * 3600}; }
    Way way_of(Filter const& filter) const {
        return plan_access(index_, filter, {core::Column::fare, core::Column::tip}).way;
    }

    Random random_;
    geo::LoadedTiles loaded_;
    TripIndex index_;
    geo::Box const suburb_{-741'000'000, 405'000'000, -740'500'000, 405'500'000};
    geo::Box const corner_{-739'860'000, 407'480'000, -739'850'000, 407'490'000};
};

TEST_F(AccessPlan, WithoutWindowItIsTilesOrDropoffs) {
    Filter filter;
    EXPECT_EQ(way_of(filter), Way::tiles);
    filter.box = corner_;
    EXPECT_EQ(way_of(filter), Way::tiles);
    filter.on = End::dropoff;
    EXPECT_EQ(way_of(filter), Way::dropoffs);
    EXPECT_LT(plan_access(index_, filter, {}).rows, loaded_.trips.size() / 10) << "only blocks near the box";
    EXPECT_GE(plan_access(index_, filter, {}).rows, rows_that_match(index_, filter).size());
}

TEST_F(AccessPlan, OfAShortWindowItIsSlabs) {
    Filter filter;  // some hours, all in one slab
    filter.from = core::WallTime{index_.slabs(End::pickup).first_time[30].count + 1};
    filter.to = index_.slabs(End::pickup).last_time[30];
    for (End const on : {End::pickup, End::dropoff}) {
        filter.on = on;
        filter.box.reset();
        EXPECT_EQ(way_of(filter), Way::slabs);
        EXPECT_LE(plan_access(index_, filter, {}).rows, rows_a_slab + rows_a_slab / 4);
        filter.box = corner_;
        EXPECT_EQ(way_of(filter), Way::slabs);
    }
    filter.on = End::pickup;
    EXPECT_LT(plan_access(index_, filter, {}).rows, rows_a_slab / 2) << "only blocks near the box";
}

TEST_F(AccessPlan, OfTwoSlabsItIsStillSlabs) {
    Filter filter;
    filter.from = core::WallTime{index_.slabs(End::pickup).first_time[30].count + 1};
    filter.to = index_.slabs(End::pickup).last_time[31];
    EXPECT_EQ(way_of(filter), Way::slabs) << "every tile would have to be looked into";
}

TEST_F(AccessPlan, OfALongWindowTheBoxDecides) {
    Filter filter;
    filter.from = hour(100);
    filter.to = hour(600);
    EXPECT_EQ(way_of(filter), Way::tiles) << "most rows match, and their columns lie side by side";
    EXPECT_EQ(plan_access(index_, filter, {core::Column::pickup_time}).way, Way::slabs) << "times lie there, too";
    filter.box = suburb_;
    EXPECT_EQ(way_of(filter), Way::tiles) << "few tiles";
    filter.on = End::dropoff;
    EXPECT_EQ(way_of(filter), Way::dropoffs);
}

TEST_F(AccessPlan, TakesOnlyTilesOfTheWindow) {
    Filter filter;
    filter.box = suburb_;
    std::size_t const in_box = plan_access(index_, filter, {}).pieces.size();
    std::size_t left_out = 0;
    for (std::uint32_t from = 0; from < 700; from += 20) {
        filter.from = hour(from);
        Access const plan = plan_access(index_, filter, {});
        if (plan.way != Way::tiles) continue;
        EXPECT_EQ(plan.pieces, access_by_tiles(loaded_, filter, {}).pieces);
        left_out += in_box - plan.pieces.size();
    }
    EXPECT_GT(left_out, 0U) << "the case must not be empty";
}

TEST_F(AccessPlan, OfNothingLooksAtNothing) {
    Filter before, after, nowhere;
    before.to = hour(0);
    after.from = hour(100'000);
    nowhere.box = geo::Box{0, 0, 1, 1};
    for (Filter filter : {before, after, nowhere})
        for (End const on : {End::pickup, End::dropoff}) {
            filter.on = on;
            EXPECT_TRUE(plan_access(index_, filter, {}).pieces.empty());
            EXPECT_EQ(estimate_rows(index_, filter), 0U);
        }
}

TEST_F(AccessPlan, EstimatesRows) {
    EXPECT_EQ(estimate_rows(index_, {}), loaded_.trips.size());
    Filter half;
    half.to = hour(360);
    double const about = static_cast<double>(estimate_rows(index_, half));
    EXPECT_NEAR(about / static_cast<double>(loaded_.trips.size()), 0.5, 0.05);
}

/// So many rows that a thread's turn fills more than a block of them.
TEST_F(AccessPlan, EveryWayLeadsToManyRows) {
    Filter filter, in_box;
    filter.from = hour(10);
    in_box.on = End::dropoff;
    in_box.box = geo::Box{-741'000'000, 405'000'000, -738'000'000, 409'000'000};
    for (Filter const& one : {Filter{}, filter, in_box}) {
        Rows const wanted = rows_that_match(index_, one);
        ASSERT_GT(wanted.size(), loaded_.trips.size() / 2);
        for (Access access : ways_to(index_, one))
            for (std::uint64_t const about_rows : {0U, 1'000'000U}) {
                access.rows = about_rows;
                Looked looked;
                EXPECT_EQ(rows_of_scan(index_, access, one, looked), wanted) << static_cast<int>(access.way);
            }
    }
}

/// The random filters of the other test are to lead every way.
TEST(AccessPlanOfRandomFilters, TakesEveryWay) {
    Random random(harness::seed());
    TripMix const mix{.trips = 9000};
    auto const loaded = tile_up(make_trips(random, mix), 100);
    auto const trips = stored_trips(loaded);
    TripIndex const index(loaded);
    std::map<Way, int> taken;
    for (int i = 0; i < 400; ++i)
        ++taken[plan_access(index, make_any_filter(random, mix, trips), {}).way];
    for (Way const way : {Way::tiles, Way::slabs, Way::dropoffs})
        EXPECT_GT(taken[way], 20) << static_cast<int>(way);
}

}  // namespace
}  // namespace tessera::query
