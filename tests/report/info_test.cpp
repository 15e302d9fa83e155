#include "tessera/report/info.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tessera/core/civil_time.hpp"

namespace tessera::report {
namespace {

StoreSummary april() {
    StoreSummary summary;
    summary.path = "trips.h5";
    summary.format_version = 2;
    summary.program_version = "0.1.0";
    summary.file_bytes = 31'050'000;
    summary.trips = 564'430;
    summary.trips_by_source = {0, 564'430, 0};
    summary.first_pickup = *core::parse_wall_time("2014-04-01");
    summary.last_pickup = *core::parse_wall_time("2014-04-30T23:59");
    summary.pickup_box = {-742733000, 405122000, -736521000, 409998000};
    summary.tiles = 1'100;
    summary.tile_trips = 1'024;
    summary.largest_tile = 1'020;
    summary.region = {-743000000, 404500000, -736000000, 410000000};
    summary.max_hours = 24;
    summary.ledger = {
        {"apr14.csv", "uber", 1, {.lines = 1, .header = 1, .blank = 0, .kept = 0, .rejected = {}, .odd = {}}}};
    return summary;
}

nlohmann::json json_of(StoreSummary const& summary) {
    std::ostringstream out;
    write_info_json(out, summary);
    return nlohmann::json::parse(out.str());
}

TEST(InfoText, SaysWhatIsInAStore) {
    std::string const text = info_text(april());
    EXPECT_EQ(text.substr(0, text.find("\n\n")),
              "store     trips.h5 (format 2, written by tessera 0.1.0)\n"
              "size      31,050,000 bytes, 55.0 a trip\n"
              "trips     564,430: green 0, uber 564,430, yellow 0\n"
              "pick-ups  2014-04-01T00:00:00 to 2014-04-30T23:59:00\n"
              "box       -74.2733,40.5122,-73.6521,40.9998 (west, south, east, north)\n"
              "tiles     1,100, split above 1,024 trips; the largest holds 1,020, the mean 513.1\n"
              "kept      pick-ups in -74.3,40.45,-73.6,41, rides of at most 24 hours");
    EXPECT_NE(text.find("apr14.csv"), std::string::npos);
}

TEST(InfoText, SaysWhatWasCompared) {
    StoreSummary summary = april();
    EXPECT_EQ(info_text(summary).find("\ncheck"), std::string::npos);
    summary.check = StoreCheck{1'000, 55'000, {}};
    EXPECT_NE(
        info_text(summary).find("\ncheck     all is as it was written: 55,000 bytes of columns in 18,000 pieces, and "
                                "the tables\n"),
        std::string::npos)
        << info_text(summary);
    EXPECT_EQ(json_of(summary)["check"], nlohmann::json::parse(R"({"bytes":55000,"pieces":18000,"damaged":[]})"));
    summary.check->damaged = {{"/trips/tip", 0, 1'000}, {"/trips/line", 1'500, 1}};
    std::string const text = info_text(summary);
    EXPECT_NE(text.find("\ncheck     damaged: 2 pieces"), std::string::npos) << text;
    EXPECT_EQ(text.substr(text.find("\ndamaged") + 1),
              "damaged      first row  last row\n"
              "/trips/tip           0       999\n"
              "/trips/line      1,500     1,500\n");
    EXPECT_EQ(json_of(summary)["check"]["damaged"][0].dump(), R"({"data_set":"/trips/tip","first_row":0,"rows":1000})");
}

TEST(InfoText, SaysThatOldStoresHaveNoChecksums) {
    StoreSummary summary = april();
    summary.format_version = 1;
    EXPECT_NE(info_text(summary).find("\ncheck     none: stores of format 1"), std::string::npos);
}

TEST(InfoText, ListsAPlan) {
    StoreSummary summary = april();
    summary.plan = std::vector<std::uint64_t>{3'000, 1'000};
    std::string const text = info_text(summary);
    EXPECT_EQ(text.substr(text.find("plan for")),
              "plan for 2 ranks, max/mean 1.5000\n"
              "rank  trips  of the mean\n"
              "   0  3,000       1.5000\n"
              "   1  1,000       0.5000\n");
}

TEST(InfoText, SaysWhatIsInAnEmptyStore) {
    std::string const text = info_text({});
    EXPECT_NE(text.find("trips  0: green 0, uber 0, yellow 0\n"), std::string::npos) << text;
    EXPECT_EQ(text.find("nan"), std::string::npos);
}

TEST(InfoJson, HasEveryMember) {
    StoreSummary summary = april();
    summary.plan = std::vector<std::uint64_t>{3'000, 1'000};
    auto const object = json_of(summary);
    EXPECT_EQ(object["trips"], 564'430);
    EXPECT_EQ(object["trips_by_source"]["uber"], 564'430);
    EXPECT_EQ(object["first_pickup"], "2014-04-01T00:00:00");
    EXPECT_EQ(object["pickup_box"].dump(), "[-74.2733,40.5122,-73.6521,40.9998]");
    EXPECT_EQ(object["ledger"]["total"]["lines"], 1);
    EXPECT_EQ(object["plan"], nlohmann::json::parse(R"({"ranks":2,"trips_per_rank":[3000,1000],"max_over_mean":1.5})"));
    EXPECT_FALSE(json_of(april()).contains("plan"));
}

TEST(InfoJson, HasNullsForAnEmptyStore) {
    auto const object = json_of({});
    EXPECT_TRUE(object["pickup_box"].is_null());
    EXPECT_TRUE(object["first_pickup"].is_null());
}

TEST(Info, MaxOverMeanOfNothingIsOne) {
    EXPECT_EQ(max_over_mean({}), 1);
    EXPECT_EQ(max_over_mean({0, 0}), 1);
    EXPECT_EQ(max_over_mean({0, 0, 9}), 3);
}

}  // namespace
}  // namespace tessera::report
