#include "tessera/report/rows.hpp"

#include <gtest/gtest.h>

#include <array>
#include <locale>
#include <nlohmann/json.hpp>
#include <sstream>

#include "report/geojson_rules.hpp"
#include "report/trips.hpp"
#include "tessera/core/error.hpp"
#include "tessera/report/ride.hpp"

namespace tessera::report {
namespace {

using namespace testing;

RowsAbout const range_about{.files = {"y,1.csv", "uber.csv"}, .matched = 233};
RowsAbout const nearest_about{.files = {"y,1.csv", "uber.csv"}, .nearest = true};
constexpr std::array two_metres{3.2, 1234.5678};

std::string written(Format format, RowsAbout const& about, core::TripTable const& trips,
                    std::span<double const> metres = {}) {
    std::ostringstream out;
    write_rows(out, format, about, trips, metres);
    return out.str();
}

TEST(RowsCsv, WritesKnownAndUnknownValues) {
    EXPECT_EQ(written(Format::csv, range_about, table_of(full_trip(), bare_trip())),
              "source,pickup_time,dropoff_time,pickup_lon,pickup_lat,dropoff_lon,dropoff_lat,distance,fare,tip,tolls,"
              "total,passengers,payment,rate,vendor,file,line\n"
              "yellow,2014-04-01T08:03:00,2014-04-01T08:19:59,-73.9857,40.7484,-73.8740001,40.7739563,1.05,12.50,-0.05,"
              "0.00,12.99,0,1,2,3,\"y,1.csv\",17\n"
              "uber,2014-04-30T23:59:59,,-74,0.0000005,,,,,,,,,,,,uber.csv,4294967295\n");
}

TEST(RowsCsv, WritesExtremeNumbers) {
    std::string const text = written(Format::csv, range_about, table_of(extreme_trip()));
    EXPECT_EQ(text.substr(text.find('\n') + 1),
              "green,1970-01-01T00:00:01,2106-02-07T06:28:15,-180,90,-0.0000001,0,21474836.47,-21474836.47,-1.00,-0.99,"
              "21474836.47,254,255,255,255,\"y,1.csv\",17\n");
}

TEST(RowsCsv, PutsRankAndMetresInFront) {
    std::string const text = written(Format::csv, nearest_about, table_of(full_trip(), bare_trip()), two_metres);
    EXPECT_EQ(text.substr(0, 19), "rank,metres,source,");
    EXPECT_NE(text.find("\n1,3.200,yellow,"), std::string::npos);
    EXPECT_NE(text.find("\n2,1234.568,uber,"), std::string::npos);
}

TEST(RowsCsv, WritesTheHeaderOfAnEmptyAnswer) {
    EXPECT_EQ(written(Format::csv, nearest_about, {}), "rank,metres," + std::string(ride_columns) + "\n");
}

TEST(RowsJson, WritesARangeWithOneRideALine) {
    EXPECT_EQ(written(Format::json, range_about, table_of(full_trip(), bare_trip())),
              "{\"matched\":233,\"rides\":[\n"
              R"({"source":"yellow","pickup_time":"2014-04-01T08:03:00","pickup":[-73.9857,40.7484],)"
              R"("dropoff_time":"2014-04-01T08:19:59","dropoff":[-73.8740001,40.7739563],"distance":1.05,"fare":12.50,)"
              R"("tip":-0.05,"tolls":0.00,"total":12.99,"passengers":0,"payment":1,"rate":2,"vendor":3,)"
              "\"file\":\"y,1.csv\",\"line\":17},\n"
              R"({"source":"uber","pickup_time":"2014-04-30T23:59:59","pickup":[-74,0.0000005],)"
              "\"file\":\"uber.csv\",\"line\":4294967295}\n]}\n");
}

TEST(RowsJson, WritesNearestWithMetresFirst) {
    std::string const text = written(Format::json, nearest_about, table_of(full_trip(), bare_trip()), two_metres);
    EXPECT_EQ(text.rfind("{\"rides\":[\n{\"metres\":3.2,\"source\":\"yellow\",", 0), 0U);
    EXPECT_NE(text.find("\n{\"metres\":1234.568,\"source\":\"uber\","), std::string::npos);
    EXPECT_EQ(nlohmann::json::parse(text).at("rides").size(), 2U);
}

TEST(RowsJson, IsJsonWhereNothingMatched) {
    EXPECT_EQ(nlohmann::json::parse(written(Format::json, {}, {})),
              nlohmann::json::parse(R"({"matched":0,"rides":[]})"));
}

TEST(RowsJson, WritesARideAsTheAnswerCommandDoes) {
    std::string const text = written(Format::json, range_about, table_of(full_trip()));
    EXPECT_NE(text.find("\n" + ride_json(full_trip(), "y,1.csv") + "\n"), std::string::npos);
}

TEST(RowsGeoJson, DrawsTheEndThatIsMeant) {
    RowsAbout about = range_about;
    auto const at = [&](query::End on) {
        about.on = on;
        auto const collection = check_geojson(written(Format::geojson, about, table_of(full_trip(), bare_trip())));
        return collection.at("features");
    };
    auto const pickups = at(query::End::pickup), dropoffs = at(query::End::dropoff);
    EXPECT_EQ(pickups[0]["geometry"], nlohmann::json::parse(R"({"type":"Point","coordinates":[-73.9857,40.7484]})"));
    EXPECT_EQ(dropoffs[0]["geometry"]["coordinates"], nlohmann::json::parse("[-73.8740001,40.7739563]"));
    EXPECT_TRUE(dropoffs[1]["geometry"].is_null());
}

TEST(RowsGeoJson, HasTheCsvColumnsAsProperties) {
    auto const collection =
        nlohmann::ordered_json::parse(written(Format::geojson, nearest_about, table_of(bare_trip()), {{5.25}}));
    auto const& properties = collection["features"][0]["properties"];
    std::string names;
    for (auto const& [name, value] : properties.items())
        names += (names.empty() ? "" : ",") + name;
    EXPECT_EQ(names, "rank,metres," + std::string(ride_columns));
    EXPECT_EQ(properties["rank"], 1);
    EXPECT_EQ(properties["metres"], 5.25);
    EXPECT_EQ(properties["source"], "uber");
    EXPECT_EQ(properties["pickup_lon"], -74);
    EXPECT_EQ(properties["file"], "uber.csv");
    for (char const* unknown : {"dropoff_time", "dropoff_lon", "fare", "passengers", "payment", "vendor"})
        EXPECT_TRUE(properties[unknown].is_null()) << unknown;
}

TEST(RowsGeoJson, IsValidAtTheEndsOfTheWorldAndWhenEmpty) {
    check_geojson(written(Format::geojson, range_about, table_of(extreme_trip())));
    EXPECT_TRUE(check_geojson(written(Format::geojson, range_about, {})).at("features").empty());
}

TEST(RowWriter, GivesTheSameBytesInAnyParts) {
    core::TripTable all;
    for (std::uint32_t i = 0; i < 2'000; ++i) {
        core::Trip trip = i % 3 == 0 ? bare_trip() : full_trip();
        trip.line = {i + 2};
        core::append(all, trip);
    }
    std::vector<double> const metres(all.size(), 0.5);
    for (Format const format : {Format::csv, Format::json, Format::geojson}) {
        std::ostringstream out;
        RowWriter writer(out, format, nearest_about);
        for (std::size_t row = 0; row < all.size(); ++row)
            writer.write(table_of(core::trip_at(all, row)), std::span(metres).subspan(row, 1));
        writer.finish();
        EXPECT_EQ(out.str(), written(format, nearest_about, all, metres));
    }
}

TEST(RowWriter, RefusesWhatDoesNotFit) {
    EXPECT_THROW(written(Format::csv, nearest_about, table_of(full_trip())), std::invalid_argument);
    EXPECT_THROW(written(Format::csv, range_about, table_of(full_trip()), {{1.0}}), std::invalid_argument);
    EXPECT_THROW(written(Format::csv, {.files = {"only.csv"}}, table_of(bare_trip())), core::DataError);
}

struct GermanNumbers : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

TEST(RowWriter, KnowsNoLocale) {
    auto const write_all = [] {
        std::string all;
        for (Format const format : {Format::csv, Format::json, Format::geojson})
            all += written(format, nearest_about, table_of(full_trip(), extreme_trip()), two_metres);
        return all;
    };
    std::string const before = write_all();
    std::locale const old = std::locale::global(std::locale(std::locale::classic(), new GermanNumbers));
    std::string const in_germany = write_all();
    std::locale::global(old);
    EXPECT_EQ(in_germany, before);
}

}  // namespace
}  // namespace tessera::report
