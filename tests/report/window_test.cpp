#include "tessera/report/window.hpp"

#include <gtest/gtest.h>

#include "tessera/geo/hilbert.hpp"
#include "tessera/report/cell.hpp"

namespace tessera::report {
namespace {

std::string line_of(query::WindowCounts const& counts, std::int64_t milliseconds_behind) {
    std::string text;
    append_window_json(text, {1'396'310'400}, {1'396'314'000}, counts, std::chrono::milliseconds(milliseconds_behind));
    return text;
}

TEST(Window, IsOneJsonObject) {
    query::WindowCounts counts;
    counts.trips = 12;
    counts.of_source = {1, 2, 9};
    counts.known_fares = 10;
    counts.fare_cents = -5;
    std::uint64_t const key = geo::first_key_of(geo::prefix_of(132833777954816, 18), 18);
    counts.busiest = {{7, key, 18}, {5, 0, 0}};
    EXPECT_EQ(
        line_of(counts, 61'007),
        R"({"from":"2014-04-01T00:00:00","to":"2014-04-01T01:00:00","trips":12,)"
        R"("sources":{"green":1,"uber":2,"yellow":9},"fares":{"sum":-0.05,"known":10},)"
        R"("tiles":[{"key":132833777954816,"level":18,"box":[-73.97376,40.7552,-73.9721216,40.7568384],"trips":7},)"
        R"({"key":0,"level":0,"box":[-180,-90,180,90],"trips":5}],"behind_s":61.007})");
}

TEST(Window, EmptyOne) {
    EXPECT_EQ(
        line_of({}, 0),
        R"({"from":"2014-04-01T00:00:00","to":"2014-04-01T01:00:00","trips":0,)"
        R"("sources":{"green":0,"uber":0,"yellow":0},"fares":{"sum":0.00,"known":0},"tiles":[],"behind_s":0.000})");
}

TEST(Cell, NeighboursShareAnEdge) {
    for (unsigned const level : {3U, 11U, 24U}) {
        geo::Point const place{-739'857'000, 407'484'000};
        auto const edges = edges_of_cell(geo::prefix_of(geo::hilbert_key(place), level), level);
        EXPECT_TRUE(edges.west <= place.lon && place.lon < edges.east);
        EXPECT_TRUE(edges.south <= place.lat && place.lat < edges.north);
        geo::Point const east{static_cast<std::int32_t>(edges.east), place.lat};
        if (edges.east == geo::Box::world().east) continue;
        EXPECT_EQ(edges_of_cell(geo::prefix_of(geo::hilbert_key(east), level), level).west, edges.east);
    }
}

}  // namespace
}  // namespace tessera::report
