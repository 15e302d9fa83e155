#include "tessera/report/aggregate.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "report/geojson_rules.hpp"
#include "tessera/core/error.hpp"
#include "tessera/geo/hilbert.hpp"
#include "tessera/report/group.hpp"

namespace tessera::report {
namespace {

using namespace testing;
using query::AggregateQuestion;
using query::Group;
using query::GroupKey;
using query::Groups;
using Values = std::vector<std::optional<std::int64_t>>;

/// Packs by what group_key.hpp promises: digits from the top bits down, offset by a constant, unknown is last.
GroupKey pack(std::vector<query::Key> const& keys, Values const& values) {
    GroupKey packed{};
    unsigned used = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        unsigned const bits = query::bits_of(keys[i]);
        std::int64_t const least = *query::unpack({}, {keys[i]})[0];
        std::uint64_t const digit =
            values[i] ? static_cast<std::uint64_t>(*values[i] - least) : (std::uint64_t{1} << bits) - 1;
        for (unsigned bit = 0; bit < bits; ++bit, ++used)
            packed[used / 64] |= ((digit >> (bits - 1 - bit)) & 1) << (63 - used % 64);
    }
    return packed;
}

AggregateQuestion ask(std::string const& keys, std::string const& measures) {
    return {query::parse_keys(keys), query::parse_measures(measures), {}};
}

Group group_of(AggregateQuestion const& question, Values const& keys, std::uint64_t trips,
               std::vector<query::Totals> totals = {}) {
    return {pack(question.keys, keys), trips, std::move(totals)};
}

std::string written(Format format, Groups const& groups, AggregateQuestion const& question) {
    std::ostringstream out;
    write_groups(out, format, groups, question);
    return out.str();
}

TEST(Aggregate, WritesCsvAndJsonWithTheSameNumbers) {
    auto const question = ask("source,passengers", "trips,sum:fare,mean:fare,min:fare,max:duration");
    query::Totals const fares{.known = 3, .sum = -5, .min = -250, .max = 245, .sketch = {}};
    query::Totals const durations{.known = 1, .sum = 600, .min = 600, .max = 600, .sketch = {}};
    Groups const groups{group_of(question, {2, std::nullopt}, 7, {{}, {}}),
                        group_of(question, {3, 1}, 120, {fares, durations})};

    EXPECT_EQ(written(Format::csv, groups, question),
              "source,passengers,trips,sum_fare,mean_fare,min_fare,max_duration\n"
              "uber,,7,0.00,,,\n"
              "yellow,1,120,-0.05,-0.016667,-2.50,600\n");
    EXPECT_EQ(written(Format::json, groups, question),
              R"({"columns":["source","passengers","trips","sum_fare","mean_fare","min_fare","max_duration"],"rows":[)"
              "\n[\"uber\",null,7,0.00,null,null,null],\n"
              "[\"yellow\",1,120,-0.05,-0.016667,-2.50,600]\n]}\n");
}

TEST(Aggregate, WritesExtremeSums) {
    auto const question = ask("hour", "sum:total,sum:duration");
    auto const extreme = [](std::int64_t sum) { return query::Totals{1, sum, sum, sum, {}}; };
    Groups const groups{group_of(
        question, {23}, 1,
        {extreme(std::numeric_limits<std::int64_t>::min()), extreme(std::numeric_limits<std::int64_t>::max())})};
    EXPECT_EQ(written(Format::csv, groups, question),
              "hour,sum_total,sum_duration\n23,-92233720368547758.08,9223372036854775807\n");
}

TEST(Aggregate, WritesNoGroups) {
    auto const question = ask("hour", "trips");
    EXPECT_EQ(written(Format::csv, {}, question), "hour,trips\n");
    EXPECT_TRUE(nlohmann::json::parse(written(Format::json, {}, question)).at("rows").empty());
    EXPECT_TRUE(check_geojson(written(Format::geojson, {}, ask("pickup_tile:9", "trips"))).at("features").empty());
}

TEST(Aggregate, RefusesASourceThatIsNone) {
    auto const question = ask("source", "trips");
    EXPECT_THROW(written(Format::csv, {group_of(question, {0}, 1)}, question), core::DataError);
}

TEST(AggregateGeoJson, DrawsCellsWithAllValues) {
    auto const question = ask("hour,dropoff_tile:14", "trips");
    std::uint64_t const prefix = geo::prefix_of(geo::hilbert_key({-739857000, 407484000}), 14);
    Groups const groups{group_of(question, {8, static_cast<std::int64_t>(prefix)}, 120),
                        group_of(question, {9, std::nullopt}, 5)};
    auto const features = check_geojson(written(Format::geojson, groups, question)).at("features");

    EXPECT_EQ(features[0]["properties"], (nlohmann::json{{"hour", 8}, {"dropoff_tile:14", prefix}, {"trips", 120}}));
    auto const& ring = features[0]["geometry"]["coordinates"][0];
    EXPECT_LE(ring[0][0].get<double>(), -73.9857);
    EXPECT_LE(ring[0][1].get<double>(), 40.7484);
    EXPECT_GT(ring[2][0].get<double>(), -73.9857);
    EXPECT_GT(ring[2][1].get<double>(), 40.7484);
    EXPECT_TRUE(features[1]["geometry"].is_null());
    EXPECT_TRUE(features[1]["properties"]["dropoff_tile:14"].is_null());
}

TEST(AggregateGeoJson, NeighbouringCellsTouch) {
    geo::Box const cell = geo::cell_box(geo::prefix_of(geo::hilbert_key({-739857000, 407484000}), 12), 12);
    std::uint64_t const east = geo::prefix_of(geo::hilbert_key({cell.east + 1, cell.south}), 12);
    std::uint64_t const north = geo::prefix_of(geo::hilbert_key({cell.west, cell.north + 1}), 12);
    auto const ring_of = [](std::uint64_t prefix) {
        return nlohmann::json::parse(cell_polygon(prefix, 12)).at("coordinates")[0];
    };
    auto const here = ring_of(geo::prefix_of(geo::hilbert_key({cell.west, cell.south}), 12));
    EXPECT_EQ(here[1], ring_of(east)[0]);
    EXPECT_EQ(here[2], ring_of(east)[3]);
    EXPECT_EQ(here[3], ring_of(north)[0]);
}

TEST(AggregateGeoJson, CutsTheWidestCellsAtTheEndsOfTheWorld) {
    EXPECT_EQ(cell_polygon(0, 0),
              R"({"type":"Polygon","coordinates":[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]})");
    for (std::uint64_t prefix = 0; prefix < 4; ++prefix)
        check_ring(nlohmann::json::parse(cell_polygon(prefix, 1)).at("coordinates")[0]);
}

TEST(AggregateGeoJson, NeedsExactlyOneTileKey) {
    EXPECT_NO_THROW(require_drawable(Format::geojson, ask("hour,pickup_tile:9", "trips")));
    EXPECT_NO_THROW(require_drawable(Format::json, ask("hour", "trips")));
    EXPECT_THROW(require_drawable(Format::geojson, ask("pickup_tile:9,dropoff_tile:9", "trips")), core::UsageError);
    try {
        written(Format::geojson, {}, ask("hour", "trips"));
        FAIL() << "hours were drawn";
    } catch (core::UsageError const& error) {
        EXPECT_NE(std::string(error.what()).find("group by one of pickup_tile:LEVEL"), std::string::npos);
    }
}

}  // namespace
}  // namespace tessera::report
