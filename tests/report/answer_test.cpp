#include "tessera/report/answer.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/trips.hpp"
#include "tessera/core/error.hpp"
#include "tessera/query/trip_index.hpp"
#include "tessera/request/read_request.hpp"

namespace tessera::report {
namespace {

using namespace testing;
using nlohmann::json;
using request::Part;
using request::Refusal;
using request::Request;

std::vector<std::string> const files{"y,\"1\".csv", "uber.csv"};
std::string const full_ride =
    R"("source":"yellow","pickup_time":"2014-04-01T08:03:00","pickup":[-73.9857,40.7484],)"
    R"("dropoff_time":"2014-04-01T08:19:59","dropoff":[-73.8740001,40.7739563],"distance":1.05,"fare":12.50,)"
    R"("tip":-0.05,"tolls":0.00,"total":12.99,"passengers":0,"payment":1,"rate":2,"vendor":3,)"
    R"("file":"y,\"1\".csv","line":17})";
std::string const bare_ride = R"("source":"uber","pickup_time":"2014-04-30T23:59:59","pickup":[-74,0.0000005],)"
                              R"("file":"uber.csv","line":4294967295})";

std::string line_of(Request const& request, Part const& whole, bool explain = false,
                    std::chrono::nanoseconds work = std::chrono::microseconds(41), std::uint32_t ranks = 3) {
    AnswerWriter const writer(files, explain);
    std::string body, line;
    writer.append_body(body, request, whole);
    writer.append_answer(line, request, whole, work, ranks, body);
    EXPECT_EQ(line.back(), '\n');
    EXPECT_EQ(line.find('\n'), line.size() - 1) << "one line";
    EXPECT_TRUE(json::accept(line)) << line;
    return line;
}

std::string refusal_of(Refusal const& refusal, std::uint64_t number) {
    std::string line;
    AnswerWriter::append_refusal(line, refusal, number);
    EXPECT_EQ(line.find('\n'), line.size() - 1) << "one line";
    EXPECT_TRUE(json::accept(line)) << line;
    return line;
}

Part part_of_rides() {
    Part part;
    part.matched = 233;
    part.rides = {{3.2, full_trip()}, {1234.5678, bare_trip()}};
    part.looked = {12, 3456};
    return part;
}

TEST(AnswerLine, OfNearest) {
    EXPECT_EQ(line_of({"\"a\"", query::NearestQuestion{}}, part_of_rides()),
              R"({"id":"a","op":"nearest","micros":41,"rides":[{"metres":3.2,)" + full_ride +
                  R"(,{"metres":1234.568,)" + bare_ride + "]}\n");
    EXPECT_EQ(line_of({"\"a\"", query::NearestQuestion{}}, {}), R"({"id":"a","op":"nearest","micros":41,"rides":[]})"
                                                                "\n");
}

TEST(AnswerLine, OfRange) {
    EXPECT_EQ(line_of({"17", query::RangeQuestion{}}, part_of_rides()),
              R"({"id":17,"op":"range","micros":41,"matched":233,"rides":[{)" + full_ride + ",{" + bare_ride + "]}\n");
    EXPECT_EQ(line_of({"17", query::RangeQuestion{}}, {}),
              R"({"id":17,"op":"range","micros":41,"matched":0,"rides":[]})"
              "\n");
    EXPECT_EQ(line_of({"17", query::RangeQuestion{{}, 100, true}}, part_of_rides()),
              R"({"id":17,"op":"range","micros":41,"matched":233})"
              "\n")
        << "a count has no list";
}

TEST(AnswerLine, OfAggregate) {
    geo::LoadedTiles loaded;
    loaded.tiles.key = {0};
    loaded.tiles.first_trip = {0, 2};
    loaded.tiles.level = {0};
    loaded.tiles.pickup_box = loaded.tiles.dropoff_box = {geo::Box::world()};
    loaded.tiles.first_time = {full_trip().pickup_time};
    loaded.tiles.last_time = {bare_trip().pickup_time};
    loaded.store_row = {0};
    loaded.trips = table_of(full_trip(), bare_trip());
    query::AggregateQuestion const question{
        query::parse_keys("source,passengers"), query::parse_measures("trips,sum:fare,mean:tip"), {}};
    Part part;
    part.groups = query::aggregate(loaded, question);
    EXPECT_EQ(
        line_of({"\"c\"", question}, part),
        R"({"id":"c","op":"aggregate","micros":41,"columns":["source","passengers","trips","sum_fare","mean_tip"],)"
        R"("rows":[["uber",null,1,0.00,null],["yellow",0,1,12.50,-0.05]]})"
        "\n");
    EXPECT_EQ(
        line_of({"\"c\"", question}, {}),
        R"({"id":"c","op":"aggregate","micros":41,"columns":["source","passengers","trips","sum_fare","mean_tip"],)"
        R"("rows":[]})"
        "\n");
}

TEST(AnswerLine, WithoutIdAndWithWhatItCost) {
    EXPECT_EQ(line_of({"", query::RangeQuestion{{}, 1, true}}, part_of_rides(), true),
              R"({"op":"range","micros":41,"cost":{"ranks":3,"tiles":12,"rows":3456},"matched":233})"
              "\n");
    Part large;
    large.looked = {~std::uint64_t{0}, std::uint64_t{1} << 63};
    EXPECT_EQ(
        line_of({"\"\"", query::RangeQuestion{{}, 1, true}}, large, true, {}, ~std::uint32_t{0}),
        R"({"id":"","op":"range","micros":0,"cost":{"ranks":4294967295,"tiles":18446744073709551615,"rows":9223372036854775808},"matched":0})"
        "\n");
}

TEST(AnswerLine, RoundsMicros) {
    auto const micros = [](std::int64_t ns) {
        return json::parse(line_of({"", query::RangeQuestion{}}, {}, false, std::chrono::nanoseconds(ns)))["micros"];
    };
    EXPECT_EQ(micros(499), 0);
    EXPECT_EQ(micros(500), 1);
    EXPECT_EQ(micros(1'499), 1);
    EXPECT_EQ(micros(3'600'000'000'000), 3'600'000'000);
}

TEST(AnswerLine, OfATripOfNoFileIsAnError) {
    Part part = part_of_rides();
    part.rides[1].trip.file = {2};
    std::string body;
    EXPECT_THROW(AnswerWriter(files, false).append_body(body, {"1", query::RangeQuestion{}}, part), core::DataError);
}

TEST(RefusalLine, OfTheContract) {
    EXPECT_EQ(refusal_of({"\"x\"", {}, request::Outcome::bad_request, "k must be from 1 to 10000, not 0"}, 5),
              R"({"id":"x","error":{"code":"bad_request","message":"k must be from 1 to 10000, not 0"}})"
              "\n");
}

TEST(RefusalLine, TellsTheLineWhereThereIsNoId) {
    EXPECT_EQ(refusal_of({"", {}, request::Outcome::bad_json, "the line is no JSON"}, 18'446'744'073'709'551'615U),
              R"({"error":{"code":"bad_json","message":"line 18446744073709551615: the line is no JSON"}})"
              "\n");
}

TEST(RefusalLine, NamesEveryOutcome) {
    for (auto const outcome : {request::Outcome::bad_json, request::Outcome::bad_request, request::Outcome::too_long,
                               request::Outcome::too_large, request::Outcome::failed}) {
        json const line = json::parse(refusal_of({"7", {}, outcome, "why"}, 1));
        EXPECT_EQ(line, (json{{"id", 7}, {"error", {{"code", request::name_of(outcome)}, {"message", "why"}}}}));
    }
}

TEST(RefusalLine, IsJsonWhateverTheMessage) {
    json const line = json::parse(refusal_of({"1", {}, request::Outcome::failed, "\"quoted\"\n\x01 \\ \xff 東京"}, 1));
    EXPECT_EQ(line["error"]["message"], "\"quoted\"\n\x01 \\ \xef\xbf\xbd 東京");
}

/// From the line of a request to the line of its refusal: what was asked stands in the message, and comes back whole.
TEST(RefusalLine, OfHostileLines) {
    request::RequestReader reader(request::Limits{});
    for (std::string line :
         {R"({"id":"a\"b\u0000c","op":"\"\\\n\u0000"})", R"({"id":"🚕","op":"range","on":"\u001b[2J"})",
          R"({"op":"range","\"\\\u0000":1})", R"({"id":007,"op":"range"})", "{\"id\":\"\xff\",",
          R"({"op":"aggregate","by":["\"\u0001\u0000"]})", R"({"id":"})"}) {
        std::size_t const size = line.size();
        line.append(64, ' ');  // the room that the reader may look at
        auto const read = reader.read(std::string_view(line).substr(0, size));
        ASSERT_TRUE(std::holds_alternative<Refusal>(read)) << line;
        json const answer = json::parse(refusal_of(std::get<Refusal>(read), 3));
        EXPECT_TRUE(answer["error"]["code"] == "bad_json" || answer["error"]["code"] == "bad_request") << answer;
        if (json::accept(line) && json::parse(line).contains("id")) {
            EXPECT_EQ(answer["id"], json::parse(line)["id"]);
        } else {
            EXPECT_EQ(answer["error"]["message"].get<std::string>().substr(0, 8), "line 3: ") << answer;
        }
    }
}

}  // namespace
}  // namespace tessera::report
