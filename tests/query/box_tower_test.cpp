#include "tessera/query/box_tower.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "harness/seed.hpp"
#include "oracle.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

std::vector<geo::Box> make_boxes(Random& random, std::size_t count) {
    std::vector<geo::Box> boxes(count);
    auto const world = geo::Box::world();
    for (geo::Box& box : boxes) {
        if (one_in(random, 10)) continue;  // stays empty
        geo::Point const corner{static_cast<std::int32_t>(pick(random, world.west, world.east)),
                                static_cast<std::int32_t>(pick(random, world.south, world.north))};
        std::int64_t const side = one_in(random, 3) ? 500'000'000 : 100'000;
        box.include(corner);
        box.include(geo::Point{
            static_cast<std::int32_t>(std::min<std::int64_t>(world.east, corner.lon + pick(random, 0, side))),
            static_cast<std::int32_t>(std::min<std::int64_t>(world.north, corner.lat + pick(random, 0, side)))});
    }
    return boxes;
}

TEST(BoxTower, FloorsHoldWhatIsBelow) {
    Random random(harness::seed());
    for (std::size_t const count : {0U, 1U, 2U, 16U, 17U, 256U, 257U, 5000U}) {
        BoxTower const tower(make_boxes(random, count));
        auto const& floors = tower.floors();
        EXPECT_EQ(floors.front().size(), count);
        EXPECT_LE(floors.back().size(), 1U);
        for (std::size_t floor = 0; floor + 1 < floors.size(); ++floor)
            for (std::size_t box = 0; box < floors[floor].size(); ++box)
                EXPECT_TRUE(floors[floor][box].empty() ||
                            floors[floor + 1][box / BoxTower::boxes_a_box].contains(floors[floor][box]));
    }
}

TEST(BoxTower, WalksByDistanceAndMeetsEveryTileInReach) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 60; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        auto const boxes = make_boxes(random, static_cast<std::size_t>(pick(random, 0, 700)));
        BoxTower const tower(boxes);
        geo::Point const at{static_cast<std::int32_t>(pick(random, -1'800'000'000, 1'800'000'000)),
                            static_cast<std::int32_t>(pick(random, -900'000'000, 900'000'000))};
        geo::DistanceFrom const from(at);
        std::optional<geo::Box> inside;
        if (one_in(random, 2)) inside = geo::Box{-900'000'000, -300'000'000, 200'000'000, 800'000'000};
        double const reach = one_in(random, 2) ? std::numeric_limits<double>::infinity() : 0.01;

        TileWalk walk(tower, from, inside);
        std::vector<int> times_met(boxes.size());
        double before = 0;
        while (auto const tile = walk.next(reach)) {
            ++times_met[tile->tile];
            EXPECT_GE(tile->haversine, before);
            EXPECT_LE(tile->haversine, from.lower_bound(boxes[tile->tile]) * (1 + 1e-9));
            before = tile->haversine;
        }
        for (std::size_t tile = 0; tile < boxes.size(); ++tile) {
            geo::Box const& box = boxes[tile];
            bool const counts = !box.empty() && (!inside || inside->intersects(box));
            bool const must_be_met = counts && from.lower_bound(box) <= reach;
            EXPECT_LE(times_met[tile], counts ? 1 : 0);
            EXPECT_GE(times_met[tile], must_be_met ? 1 : 0);
        }
    }
}

}  // namespace
}  // namespace tessera::query
