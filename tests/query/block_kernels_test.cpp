#include "block_kernels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "block_rows.hpp"
#include "harness/seed.hpp"
#include "oracle.hpp"
#include "pack_lanes.hpp"
#include "plane_search.hpp"
#include "rank_few.hpp"

// The kernels of searches against loops over single numbers.
namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

std::int32_t any_angle(Random& random, std::int32_t most) {
    return static_cast<std::int32_t>(pick(random, -most, most));
}
geo::Point any_point(Random& random) {
    return {any_angle(random, 1'800'000'000), any_angle(random, 900'000'000)};
}
geo::Box any_box(Random& random, std::int32_t side) {
    geo::Point const corner = any_point(random);
    geo::Box box;
    box.include(corner);
    box.include(geo::Point{std::min(1'800'000'000, corner.lon / 2 + static_cast<std::int32_t>(pick(random, 0, side))),
                           std::min(900'000'000, corner.lat / 2 + static_cast<std::int32_t>(pick(random, 0, side)))});
    return box;
}

TEST(BoxGroup, KeepsBoxesToAUnit) {
    Random random(harness::seed());
    for (int round = 0; round < 1000; ++round) {
        geo::Box const box = any_box(random, 100'000);
        BoxGroup group;
        group.put(3, box);
        geo::Box const kept = group.box(3);
        EXPECT_TRUE(kept.contains(box));
        EXPECT_TRUE((geo::Box{box.west - 1, box.south - 1, box.east + 1, box.north + 1}).contains(kept));
        EXPECT_FALSE(group.has(2));
    }
}

TEST(BlockKernels, MeasureBoxesNeverTooFar) {
    Random random(harness::seed());
    for (int round = 0; round < 2000; ++round) {
        BoxGroup group;
        for (std::size_t i = 0; i < 9; ++i)
            group.put(i, any_box(random, one_in(random, 2) ? 1000 : 300'000'000));
        PlaneOrigin const from{any_point(random), 0.575F};
        BoxDistances distances;
        measure_boxes(from, group, distances);
        for (std::size_t i = 0; i < 9; ++i) {
            geo::Box const box = group.box(i);
            double const dlon = std::max({0.0, 1.0 * box.west - from.at.lon, 1.0 * from.at.lon - box.east});
            double const dlat = std::max({0.0, 1.0 * box.south - from.at.lat, 1.0 * from.at.lat - box.north});
            double const wanted = dlat * dlat + from.lon_weight * dlon * dlon;
            EXPECT_LE(distances[i], wanted * (1 + 1e-6));
            double const less = std::max(0.0, dlat - 3) * std::max(0.0, dlat - 3) +
                                from.lon_weight * std::max(0.0, dlon - 3) * std::max(0.0, dlon - 3);
            EXPECT_GE(distances[i], less * (1 - 1e-6));
        }
        for (std::size_t i = 9; i < BoxGroup::size; ++i)
            EXPECT_EQ(distances[i], no_box);
        float const limit = one_in(random, 2) ? distances[3] : static_cast<float>(pick(random, 0, 1'000'000'000'000));
        for (std::size_t i = 0; i < BoxGroup::size; ++i)
            EXPECT_EQ(boxes_within(distances, limit) >> i & 1, distances[i] <= limit ? 1U : 0U);
    }
}

TEST(BlockKernels, BoxesMeeting) {
    Random random(harness::seed());
    for (int round = 0; round < 2000; ++round) {
        BoxGroup group;
        for (std::size_t i = 0; i < 14; ++i)
            group.put(i, any_box(random, 500'000'000));
        geo::Box const box = any_box(random, 500'000'000);
        std::uint32_t const found = boxes_meeting(group, box);
        for (std::size_t i = 0; i < BoxGroup::size; ++i) {
            bool const meets = i < 14 && group.box(i).intersects(box);
            EXPECT_GE(found >> i & 1, meets ? 1U : 0U);
            geo::Box const wider{box.west - 1, box.south - 1, box.east + 1, box.north + 1};
            EXPECT_LE(found >> i & 1, i < 14 && group.box(i).intersects(wider) ? 1U : 0U);
        }
    }
}

TEST(BlockKernels, SetOfNegative) {
    Random random(harness::seed());
    for (int round = 0; round < 2000; ++round) {
        Ints numbers;
        std::uint32_t wanted = 0;
        for (std::size_t i = 0; i < vector_lanes; ++i) {
            numbers[i] = static_cast<std::int32_t>(pick(random, -2'147'483'648, 2'147'483'647)) >> pick(random, 0, 31);
            wanted |= numbers[i] < 0 ? 1U << i : 0U;
        }
        EXPECT_EQ(set_of_negative(numbers), wanted);
    }
}

TEST(BlockKernels, LaneOfLeast) {
    Random random(harness::seed());
    for (int round = 0; round < 2000; ++round) {
        Floats numbers;
        for (std::size_t i = 0; i < vector_lanes; ++i)
            numbers[i] = static_cast<float>(pick(random, 0, one_in(random, 2) ? 10 : 1'000'000'000));
        float least = numbers[0];
        for (std::size_t i = 1; i < vector_lanes; ++i)
            least = std::min(least, numbers[i]);
        EXPECT_LE(numbers[lane_of_least(numbers)], least * 1.000002F);
        Floats const other = with(numbers, 5, 1e30F);
        for (std::size_t i = 0; i < vector_lanes; ++i)
            EXPECT_EQ(other[i], i == 5 ? 1e30F : numbers[i]);
    }
}

float any_distance(Random& random) {
    return static_cast<float>(pick(random, 0, one_in(random, 2) ? 5 : 1'000'000));
}

TEST(BlockKernels, SortLanes) {
    Random random(harness::seed());
    for (int round = 0; round < 2000; ++round) {
        std::vector<float> numbers(2 * vector_lanes);
        Floats low, high;
        for (std::size_t i = 0; i < vector_lanes; ++i) {
            low[i] = numbers[i] = any_distance(random);
            high[i] = numbers[vector_lanes + i] = any_distance(random);
        }
        sort_lanes(low, high);
        std::sort(numbers.begin(), numbers.end());
        for (std::size_t i = 0; i < vector_lanes; ++i) {
            EXPECT_EQ(low[i], numbers[i]);
            EXPECT_EQ(high[i], numbers[vector_lanes + i]);
        }
    }
}

TEST(BlockKernels, LeastNumbers) {
    Random random(harness::seed());
    for (int round = 0; round < 2000; ++round) {
        auto const k = static_cast<std::size_t>(pick(random, 1, LeastNumbers::most_k));
        std::vector<float> all;
        LeastNumbers least(k);
        if (one_in(random, 2)) {
            Floats some, others;
            for (std::size_t i = 0; i < vector_lanes; ++i) {
                some[i] = one_in(random, 5) ? nothing_yet : any_distance(random);
                others[i] = one_in(random, 5) ? nothing_yet : any_distance(random);
                all.insert(all.end(), {some[i], others[i]});
            }
            least = LeastNumbers(k, some, others);
        }
        for (auto left = pick(random, 0, 60); left >= 0; --left) {
            std::sort(all.begin(), all.end());
            EXPECT_EQ(least.kth(), all.size() < k ? nothing_yet : all[k - 1]);
            all.push_back(any_distance(random));
            least.add(all.back());
        }
    }
}

TEST(BlockKernels, RankFew) {
    Random random(harness::seed());
    for (int round = 0; round < 4000; ++round) {
        auto const size = static_cast<std::size_t>(pick(random, 0, most_ranked));
        std::int64_t const most = one_in(random, 2) ? 20 : 20'000'000'000;
        std::vector<double> metres(most_ranked, 7);
        std::vector<std::pair<double, std::uint16_t>> wanted;
        for (std::uint16_t i = 0; i < size; ++i) {
            metres[i] = static_cast<double>(pick(random, 0, most)) / 1000 + (one_in(random, 10) ? 1e-9 : 0);
            if (metres[i] < 0.001) metres[i] = 0;
            wanted.emplace_back(metres[i], i);
        }
        std::vector<std::uint16_t> order(most_ranked);
        bool const ascending = rank_few(metres.data(), size, order.data());
        std::sort(wanted.begin(), wanted.end());
        bool none_alike = true;
        for (std::size_t i = 0; i < size; ++i) {
            EXPECT_EQ(order[i], wanted[i].second);
            none_alike &= i == 0 || wanted[i - 1].first < wanted[i].first;
        }
        EXPECT_EQ(ascending, none_alike);
    }
}

TEST(PackLanes, PutsASetSideBySide) {
    Random random(harness::seed());
    for (int round = 0; round < 2000; ++round) {
        std::array<float, rows_a_block> numbers;
        for (float& number : numbers)
            number = any_distance(random);
        auto const set = static_cast<std::uint32_t>(pick(random, 0, 0xffff'ffff));
        std::array<float, rows_a_block + vector_lanes> packed;
        std::array<std::uint32_t, rows_a_block + vector_lanes> lane;
        std::size_t count = pack<rows_a_block>(set, numbers.data(), 4'000'000'000, packed.data(), lane.data());
        std::vector<std::pair<float, std::uint32_t>> wanted;
        for (std::uint32_t i = 0; i < rows_a_block; ++i)
            if ((set >> i & 1) != 0) wanted.emplace_back(numbers[i], 4'000'000'000 + i);
        ASSERT_EQ(count, wanted.size());
        for (std::size_t i = 0; i < count; ++i)
            EXPECT_EQ((std::pair{packed[i], lane[i]}), wanted[i]);
        float const most = any_distance(random);
        std::erase_if(wanted, [&](auto const& one) { return one.first > most; });
        // What was never written may be anything; the sanitizers look at how it is left out.
        std::fill(packed.begin() + static_cast<std::ptrdiff_t>(count), packed.end(),
                  -std::numeric_limits<float>::denorm_min());
        count = drop_above(most, count, packed.data(), lane.data());
        ASSERT_EQ(count, wanted.size());
        for (std::size_t i = 0; i < count; ++i)
            EXPECT_EQ((std::pair{packed[i], lane[i]}), wanted[i]);
    }
}

TEST(BlockKernels, BoxesWithin) {
    Random random(harness::seed());
    for (int round = 0; round < 2000; ++round) {
        BoxDistances distances;
        for (std::size_t i = 0; i < vector_lanes; ++i)
            distances[i] = any_distance(random);
        float const limit = any_distance(random);
        std::uint32_t const found = boxes_within(distances, limit);
        for (std::size_t i = 0; i < 32; ++i)
            EXPECT_EQ(found >> i & 1, i < vector_lanes && distances[i] <= limit ? 1U : 0U);
    }
}

/// All groups of the floor above that have a box which meets the vicinity are in it, and no others.
TEST(Vicinity, HoldsTheGroupsAround) {
    Random random(harness::seed());
    for (int round = 0; round < 20; ++round) {
        std::vector<geo::Box> boxes(static_cast<std::size_t>(pick(random, 1, 6000)));
        for (std::size_t i = 0; i < boxes.size(); ++i) {  // along a line that winds
            auto const along = static_cast<std::int32_t>(i);
            boxes[i].include(geo::Point{(along % 97) * 1000, (along / 97) * 1500});
            boxes[i].include(geo::Point{(along % 97) * 1000 + static_cast<std::int32_t>(pick(random, 0, 3000)),
                                        (along / 97) * 1500 + static_cast<std::int32_t>(pick(random, 0, 3000))});
        }
        BoxGroups const groups(boxes);
        auto const vicinities = find_vicinities(groups);
        ASSERT_EQ(vicinities.size(), groups.floors()[0].size());
        for (std::size_t i = 0; i < vicinities.size(); ++i) {
            if (vicinities[i].box.empty()) continue;
            EXPECT_TRUE(vicinities[i].box.contains(groups.floors()[0][i].around()));
            std::vector<std::uint32_t> wanted;
            for (std::uint32_t above = 0; above < groups.floors()[1].size(); ++above)
                if (boxes_meeting(groups.floors()[1][above], vicinities[i].box) != 0) wanted.push_back(above);
            wanted.resize(Vicinity::most_groups, Vicinity::none);
            EXPECT_TRUE(std::equal(wanted.begin(), wanted.end(), vicinities[i].group.begin()));
        }
    }
}

TEST(BlockKernels, RowsOfABlock) {
    Random random(harness::seed());
    for (int round = 0; round < 2000; ++round) {
        Block block;
        for (std::size_t i = 0; i < rows_a_block; ++i) {
            block.x[i] = static_cast<std::uint16_t>(pick(random, 0, 0xffff));
            block.y[i] = static_cast<std::uint16_t>(pick(random, 0, 0xffff));
        }
        Frame const frame{-740'000'000, 407'000'000, static_cast<unsigned>(pick(random, 0, 6))};
        PlaneOrigin const from{{-739'900'000, 407'100'000}, 0.575F};
        RowDistances distances;
        measure_rows(from, block, frame, distances);
        float const limit = static_cast<float>(pick(random, 1, 10'000'000'000'000));
        std::uint32_t const within = rows_within(distances, limit);
        auto const first = static_cast<std::uint16_t>(pick(random, 0, 0xffff));
        Steps const steps{first, static_cast<std::uint16_t>(pick(random, 0, 0xffff - first))};
        std::uint32_t const in = rows_in(block.x, steps);
        RowsInSteps both;
        both.keep(block.x, steps);
        both.keep(block.y, {steps.first, 0x8000});
        for (std::size_t i = 0; i < rows_a_block; ++i) {
            double const half = frame.shift > 0 ? static_cast<double>(1 << (frame.shift - 1)) : 0;
            double const dlon = frame.west + double(block.x[i] << frame.shift) + half - from.at.lon;
            double const dlat = frame.south + double(block.y[i] << frame.shift) + half - from.at.lat;
            EXPECT_NEAR(distances[i] / (dlat * dlat + from.lon_weight * dlon * dlon), 1, 1e-6);
            EXPECT_EQ(within >> i & 1, distances[i] <= limit ? 1U : 0U);
            bool const x_in = block.x[i] >= steps.first && block.x[i] <= steps.first + steps.span;
            bool const y_in = static_cast<std::uint16_t>(block.y[i] - steps.first) <= 0x8000;
            EXPECT_EQ(in >> i & 1, x_in ? 1U : 0U);
            EXPECT_EQ(both.set() >> i & 1, x_in && y_in ? 1U : 0U);
        }
    }
}

TEST(BlockKernels, CoverOfAnInterval) {
    Random random(harness::seed());
    for (int round = 0; round < 20'000; ++round) {
        auto const shift = static_cast<unsigned>(pick(random, 0, 4));
        auto const low = static_cast<std::int32_t>(pick(random, -50, 50 + (0xffff << shift)));
        auto const high = low + static_cast<std::int32_t>(pick(random, 0, 200));
        Cover const found = cover(low, high, 0, shift);
        for (std::int32_t step = std::max(0, (low >> shift) - 3); step <= std::min(0xffff, (high >> shift) + 3);
             ++step) {
            std::int32_t const begin = step << shift, end = begin + (1 << shift) - 1;
            auto const has = [&](std::optional<Steps> const& some) {
                return some && step >= some->first && step <= some->first + some->span;
            };
            EXPECT_EQ(has(found.touched), begin <= high && end >= low);
            EXPECT_EQ(has(found.inside), begin >= low && end <= high);
        }
    }
}

}  // namespace
}  // namespace tessera::query
