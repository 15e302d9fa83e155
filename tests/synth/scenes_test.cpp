#include "tessera/synth/scenes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>

#include "harness/seed.hpp"
#include "tessera/core/civil_time.hpp"
#include "tessera/core/error.hpp"
#include "tessera/synth/city.hpp"
#include "tessera/synth/request_maker.hpp"
#include "tessera/synth/trip_maker.hpp"

namespace tessera::synth {
namespace {

constexpr std::uint64_t draws = 30'000;

core::WallTime at(char const* text) {
    return *core::parse_wall_time(text);
}

/// Shares by cells of about a kilometre.
class Cells {
  public:
    void add(geo::Point p) {
        ++counts_[{p.lon / 120'000, p.lat / 90'000}];
        ++total_;
    }
    /// Half the sum of differences: 0 for the same distribution, 1 for two that share no cell.
    friend double distance(Cells const& a, Cells const& b) {
        double sum = 0;
        for (auto const& [cell, count] : a.counts_)
            sum += std::abs(a.share(cell) - b.share(cell));
        for (auto const& [cell, count] : b.counts_)
            sum += a.counts_.contains(cell) ? 0 : b.share(cell);
        return sum / 2;
    }

  private:
    using Cell = std::pair<std::int32_t, std::int32_t>;
    double share(Cell cell) const {
        auto const found = counts_.find(cell);
        return found == counts_.end() ? 0 : static_cast<double>(found->second) / static_cast<double>(total_);
    }
    std::map<Cell, int> counts_;
    int total_ = 0;
};

template <class Use>
void draw_scenes(Scenes const& scenes, core::Source source, bool on_dropoff, Use const& use) {
    for (std::uint64_t row = 0; row < draws; ++row) {
        RandomStream random(harness::seed(), row);
        use(scenes.draw(random, source, on_dropoff));
    }
}

TEST(MadeUpScenes, AreWhereMadeUpTripsAre) {
    auto const scenes = made_up_scenes();
    for (core::Source const source : core::all_sources) {
        TripMaker const maker(find_layout(source, default_layout_name), whole_month(2014, 4), draws,
                              harness::seed() + 1);
        Cells trips, asked, anywhere;
        RandomStream random(harness::seed(), 0);
        for (std::uint64_t row = 0; row < draws; ++row) {
            trips.add(maker.make(row).pickup);
            anywhere.add({random.between(city_region.west, city_region.east),
                          random.between(city_region.south, city_region.north)});
        }
        draw_scenes(*scenes, source, false, [&](Scene scene) {
            ASSERT_TRUE(city_region.contains(scene.point));
            asked.add(scene.point);
        });
        EXPECT_LT(distance(trips, asked), 0.16) << core::name_of(source);  // a tenth is cold, and chance
        EXPECT_GT(distance(trips, asked), 0.05) << "no place is cold for " << core::name_of(source);
        EXPECT_GT(distance(trips, anywhere), 0.8);
    }
}

TEST(MadeUpScenes, AreWhenMadeUpTripsAre) {
    auto const scenes = made_up_scenes();
    std::array<int, 24> hours{};
    draw_scenes(*scenes, core::Source::yellow, true, [&](Scene scene) {
        ASSERT_TRUE(whole_month(2014, 4).contains(scene.time));
        ++hours[core::civil_of(scene.time).hour];
    });
    EXPECT_GT(hours[19], 3 * hours[4]);
}

constexpr geo::Box region{0, 0, 1'000'000, 1'000'000};
constexpr geo::Box busy_box{100, 100, 200, 200}, quiet_box{5'000, 5'000, 5'000, 5'000};

std::vector<Anchor> two_anchors() {
    return {{busy_box, 999, {at("2014-04-02T06:00:30"), at("2014-04-02T21:00")}},
            {quiet_box, 1, {at("2014-04-05T03:00"), at("2014-04-05T03:00:01")}}};
}

Scenes::Frame frame_of_two(std::vector<core::Source> sources, bool dropoffs) {
    return {region, {at("2014-04-02T06:00:30"), at("2014-04-05T03:00:01")}, std::move(sources), dropoffs};
}

TEST(AnchoredScenes, FollowTheirAnchors) {
    auto const scenes = anchored_scenes(frame_of_two({core::Source::yellow}, true), two_anchors());
    EXPECT_EQ(scenes->frame().span, (TimeSpan{at("2014-04-02"), at("2014-04-06")}));
    int busy = 0, quiet = 0, evening = 0, dawn = 0;
    draw_scenes(*scenes, core::Source::yellow, false, [&](Scene scene) {
        ASSERT_TRUE(region.contains(scene.point));
        ASSERT_TRUE(scenes->frame().span.contains(scene.time));
        if (busy_box.contains(scene.point)) {
            ASSERT_TRUE(two_anchors()[0].times.contains(scene.time));
            ++busy;
            evening += core::civil_of(scene.time).hour == 19;
            dawn += core::civil_of(scene.time).hour == 6;
        } else if (quiet_box.contains(scene.point)) {
            ASSERT_EQ(scene.time, at("2014-04-05T03:00"));
            ++quiet;
        }
    });
    EXPECT_NEAR(busy / static_cast<double>(draws), 0.9 * 0.999 + 0.05 / 2, 0.01);
    EXPECT_NEAR(quiet / static_cast<double>(draws), 0.9 * 0.001 + 0.05 / 2, 0.005);
    EXPECT_GT(evening, 2 * dawn);
}

TEST(AnchoredScenes, AreAskedAboutAsFarAsTheyGo) {
    auto const scenes = anchored_scenes(frame_of_two({core::Source::uber}, false), two_anchors());
    RequestMaker const maker(*scenes, {}, harness::seed());
    for (std::uint64_t row = 0; row < 5000; ++row) {
        RequestDraft const request = maker.make(row);
        ASSERT_NE(request.on, OnWord::dropoff);
        ASSERT_TRUE(request.source_count == 0 ||
                    (request.source_count == 1 && request.sources[0] == core::Source::uber));
        ASSERT_TRUE(!request.box || region.contains(*request.box));
        if (!request.window) continue;
        // A week does not fit in, and is all the days there are.
        ASSERT_GE(request.window->from, at("2014-04-02"));
        ASSERT_LE(request.window->to, at("2014-04-06"));
        ASSERT_LT(request.window->from, request.window->to);
    }
}

TEST(AnchoredScenes, NameTheSourcesThatThereAre) {
    auto const scenes = anchored_scenes(frame_of_two({core::Source::uber, core::Source::yellow}, true), two_anchors());
    RequestMaker const maker(*scenes, {}, harness::seed());
    std::map<core::Source, int> named;
    for (std::uint64_t row = 0; row < 5000; ++row) {
        RequestDraft const request = maker.make(row);
        for (std::size_t i = 0; i < request.source_count; ++i)
            ++named[request.sources[i]];
        bool const dropoffs_of_one = request.on == OnWord::dropoff && request.source_count == 1;
        ASSERT_TRUE(!dropoffs_of_one || request.sources[0] == core::Source::yellow) << "Uber has no drop-offs";
    }
    EXPECT_EQ(named.size(), 2U);
    EXPECT_FALSE(named.contains(core::Source::green));
}

TEST(AnchoredScenes, NeedTrips) {
    EXPECT_THROW(anchored_scenes(frame_of_two({core::Source::uber}, true), {}), core::DataError);
    EXPECT_THROW(anchored_scenes(frame_of_two({}, true), two_anchors()), core::DataError);
}

}  // namespace
}  // namespace tessera::synth
