#include "tessera/desk/map_artist.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "harness/seed.hpp"
#include "harness/world.hpp"
#include "query/slow_maps.hpp"
#include "tessera/desk/map_tag.hpp"
#include "tessera/report/png.hpp"

namespace tessera::desk {
namespace {

using harness::world;
using query::testing::pick;
using query::testing::Random;

/// A store's tiles, shared out over the ranks, and what draws them.
struct Scene {
    geo::LoadedTiles all;
    std::vector<std::size_t> cuts{0};
    geo::LoadedTiles mine;

    explicit Scene(std::uint64_t trips) {
        Random random(harness::seed());  // the same numbers on every rank
        all = query::testing::tile_up(query::testing::make_trips(random, {.trips = trips}), 100);
        auto const ranks = static_cast<std::size_t>(world().size()), me = static_cast<std::size_t>(world().rank());
        for (std::size_t rank = 1; rank <= ranks; ++rank)
            cuts.push_back(all.tiles.size() * rank / ranks);
        mine = query::testing::cut_out(all, cuts[me], cuts[me + 1]);
    }
    query::MapTile tile_of(std::size_t trip, std::uint32_t zoom, std::uint32_t size) const {
        geo::MapGrid const tiles(zoom);
        return {zoom, tiles.column_of(all.trips.pickup_lon[trip].count), tiles.row_of(all.trips.pickup_lat[trip].count),
                size};
    }
};

/// Collective. A batch as `serve` draws it: the round goes through a message.
std::vector<Drawing> draw(query::TripIndex const& index, MapArtist& artist,
                          std::vector<query::MapQuestion> const& questions, std::size_t* samples = nullptr) {
    reduce::MapRound const planned = artist.plan(questions);  // the same on every rank here
    if (samples != nullptr) *samples = planned.samples.size();
    request::WireWriter out;
    reduce::put_map_round(out, planned);
    auto const bytes = out.take();
    request::WireReader in(bytes);
    auto const round = reduce::get_map_round(in);
    auto counts = reduce::count_maps(world(), index, round);
    if (!world().is_root()) {
        counts.pictures.assign(round.pictures.size(), {});  // undefined there
        counts.samples.assign(round.samples.size(), {});
    }
    return artist.paint(counts);
}

/// The oracle: all trips, one by one, in one process.
std::vector<std::byte> draw_slowly(geo::LoadedTiles const& all, query::MapQuestion const& question) {
    auto const sample = query::sample_for(question, all.tiles);
    geo::MapGrid const grid(sample.level);
    std::map<std::pair<std::uint32_t, std::uint32_t>, query::PixelTally> tallies;
    for (auto const& stored : query::testing::matching_trips(all, question.filter)) {
        geo::Point const point = query::testing::point_of(stored.trip, question.filter.on);
        if (!query::is_known(point) || !geo::MapGrid::world().contains(point)) continue;
        query::PixelTally tally{1, 0};
        if (query::is_of_field(question.measure)) {
            auto const value = query::testing::field_of(stored.trip, question.measure.field);
            if (!value) continue;
            tally.sum = *value;
        }
        std::pair const pixel(grid.column_of(point.lon), grid.row_of(point.lat));
        if (query::is_drawn(sample, pixel.first, pixel.second)) tallies[pixel] += tally;
    }
    std::vector<double> values;
    for (auto const& [pixel, tally] : tallies)
        values.push_back(query::value_of(tally, question.measure));
    auto const picture =
        report::paint_map(query::testing::count_map_slowly(all, question), question, report::MapScale(values));
    return report::encode_clear_png(picture, report::make_ember());
}

TEST(MapArtist, DrawsWhatOneProcessDrawsFromAllTrips) {
    Scene const scene(3000);
    query::TripIndex const index(scene.mine);
    MapArtist artist(scene.all.tiles, scene.cuts);
    Random random(harness::seed());
    auto const trips = query::testing::stored_trips(scene.all);
    for (int batch = 0; batch < 12; ++batch) {
        std::vector<query::MapQuestion> questions;
        for (auto left = pick(random, 0, 6); left > 0; --left) {
            query::MapQuestion question;
            question.tile =
                scene.tile_of(static_cast<std::size_t>(pick(random, 0, 2999)),
                              static_cast<std::uint32_t>(pick(random, 8, 16)), pick(random, 0, 3) ? 256 : 512);
            if (pick(random, 0, 1)) question.filter = query::testing::make_filter(random, trips);
            if (pick(random, 0, 2) == 0) question.measure = {query::Statistic::mean, query::Field::fare};
            questions.push_back(question);
        }
        auto const drawings = draw(index, artist, questions);
        ASSERT_EQ(drawings.size(), questions.size());
        for (std::size_t i = 0; world().is_root() && i < questions.size(); ++i) {
            EXPECT_EQ(drawings[i].error, "");
            ASSERT_TRUE(drawings[i].png);
            EXPECT_TRUE(*drawings[i].png == draw_slowly(scene.all, questions[i])) << "batch " << batch << ", " << i;
        }
    }
}

TEST(MapArtist, MakesAScaleOnceForAZoom) {
    Scene const scene(2000);
    query::TripIndex const index(scene.mine);
    MapArtist artist(scene.all.tiles, scene.cuts);
    std::size_t samples = 0;
    std::vector<query::MapQuestion> view;
    for (std::size_t trip = 0; trip < 2000; trip += 100)
        view.push_back({scene.tile_of(trip, 13, 256), {}, {}});
    draw(index, artist, view, &samples);
    EXPECT_EQ(samples, 1U);
    draw(index, artist, view, &samples);
    EXPECT_EQ(samples, 0U) << "panning makes no scales";
    draw(index, artist, {{scene.tile_of(0, 12, 512), {}, {}}}, &samples);
    EXPECT_EQ(samples, 0U) << "its pixels are those of zoom 13";
    draw(index, artist, {{scene.tile_of(0, 12, 256), {}, {}}}, &samples);
    EXPECT_EQ(samples, 1U);
    query::Filter hour;
    for (std::uint32_t i = 0; i < 300; ++i) {  // more than are kept
        hour.to = core::WallTime{1'400'000'000 + i};
        draw(index, artist, {{scene.tile_of(0, 13, 256), hour, {}}}, &samples);
        EXPECT_EQ(samples, 1U);
    }
    draw(index, artist, {{scene.tile_of(0, 13, 256), hour, {}}}, &samples);
    EXPECT_EQ(samples, 0U);
    draw(index, artist, view, &samples);
    EXPECT_EQ(samples, 1U) << "the oldest are given up";
}

TEST(MapArtist, BlankTilesNeedNoRank) {
    Scene const scene(500);
    query::TripIndex const index(scene.mine);
    MapArtist artist(scene.all.tiles, scene.cuts);
    query::Filter later;
    later.from = core::WallTime{4'000'000'000};
    std::vector<query::MapQuestion> const questions{
        {{12, 0, 0, 256}, {}, {}}, {{12, 0, 0, 512}, {}, {}}, {scene.tile_of(0, 12, 256), later, {}}};
    EXPECT_TRUE(artist.plan(questions).empty());
    auto const drawings = artist.paint({});
    ASSERT_EQ(drawings.size(), 3U);
    for (Drawing const& drawing : drawings) {
        EXPECT_TRUE(drawing.is_blank);
        EXPECT_LT(drawing.png->size(), 1500U);
    }
    EXPECT_EQ(drawings[0].png, drawings[2].png);
    EXPECT_NE(*drawings[0].png, *drawings[1].png);
}

TEST(MapArtist, AFailureIsToldOfEachTileThatIsNotBlank) {
    Scene const scene(500);
    MapArtist artist(scene.all.tiles, scene.cuts);
    std::vector<query::MapQuestion> const questions{{{12, 0, 0, 256}, {}, {}}, {scene.tile_of(0, 12, 256), {}, {}}};
    auto const round = artist.plan(questions);
    EXPECT_EQ(round.pictures.size(), 1U);
    reduce::MapCounts failed;
    failed.error = "out of memory";
    auto const drawings = artist.paint(failed);
    EXPECT_TRUE(drawings.at(0).png);
    EXPECT_FALSE(drawings.at(1).png);
    EXPECT_EQ(drawings.at(1).error, "out of memory");
}

TEST(Etag, TellsQuestionsAndStoresApart) {
    std::vector<query::MapQuestion> questions(1);
    auto const add = [&](auto&& change) { change(questions.emplace_back()); };
    add([](auto& q) { q.tile.zoom = 1; });
    add([](auto& q) { q.tile.x = 1; });
    add([](auto& q) { q.tile.y = 1; });
    add([](auto& q) { q.tile.size = 512; });
    add([](auto& q) { q.filter.from = core::WallTime{1}; });
    add([](auto& q) { q.filter.to = core::WallTime{1}; });
    add([](auto& q) { q.filter.on = query::End::dropoff; });
    add([](auto& q) { q.filter.box = geo::Box{1, 2, 3, 4}; });
    add([](auto& q) { q.filter.sources = query::SourceSet::none(); });
    add([](auto& q) { q.measure = {query::Statistic::sum, query::Field::tip}; });
    add([](auto& q) { q.measure = {query::Statistic::mean, query::Field::tip}; });
    std::set<std::string> tags;
    for (query::MapQuestion const& question : questions) {
        EXPECT_EQ(etag_of(1, question), etag_of(1, question));
        tags.insert(etag_of(1, question));
        tags.insert(etag_of(2, question));
    }
    EXPECT_EQ(tags.size(), 2 * questions.size());
    EXPECT_EQ(tags.begin()->front(), '"');
    EXPECT_EQ(tags.begin()->back(), '"');
}

}  // namespace
}  // namespace tessera::desk
