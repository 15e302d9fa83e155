#include "tessera/request/read_request.hpp"

#include "read_line.hpp"
#include "tessera/core/civil_time.hpp"

namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing

std::string question_of(std::string_view line, Limits limits = {}) {
    return describe(read_good(line, limits).question);
}

TEST(ReadRequest, TheContractsThreeExamples) {
    query::Filter filter;
    filter.from = core::parse_wall_time("2014-04-01T08:00");
    filter.to = core::parse_wall_time("2014-04-01T09:00");
    query::NearestQuestion nearest{{-739857000, 407484000}, 10, 500.0, filter};
    nearest.filter.sources = query::SourceSet::none();
    nearest.filter.sources.add(core::Source::uber);
    Request const a = read_good(
        R"({"id":"a","op":"nearest","at":[-73.9857,40.7484],"k":10,"within_m":500,"on":"pickup","from":"2014-04-01T08:00","to":"2014-04-01T09:00","source":["uber"]})");
    EXPECT_EQ(a.id, "\"a\"");
    EXPECT_EQ(describe(a.question), describe(nearest));

    filter.box = geo::Box{-739900000, 407400000, -739800000, 407500000};
    Request const b = read_good(
        R"({"id":"b","op":"range","box":[-73.99,40.74,-73.98,40.75],"from":"2014-04-01T08:00","to":"2014-04-01T09:00","limit":100})");
    EXPECT_EQ(describe(b.question), describe(query::RangeQuestion{filter, 100, false}));
    EXPECT_FALSE(b.all_rows);

    filter.from = filter.to = std::nullopt;
    Request const c =
        read_good(R"({"id":"c","op":"aggregate","by":["hour"],"measure":["trips"],"box":[-73.99,40.74,-73.98,40.75]})");
    EXPECT_EQ(describe(c.question),
              describe(query::AggregateQuestion{query::parse_keys("hour"), query::parse_measures("trips"), filter}));
}

TEST(ReadRequest, WhatIsNotGivenHasDefaults) {
    EXPECT_EQ(question_of(R"({"op":"nearest","at":[0,0]})"),
              "nearest 10 to 0,0 within any from any to any on pickup of green uber yellow");
    EXPECT_EQ(question_of(R"({"op":"range"})"), "range limit 100 from any to any on pickup of green uber yellow");
    EXPECT_EQ(question_of(R"({"op":"aggregate","by":"hour"})"),
              "aggregate by hour measure trips from any to any on pickup of green uber yellow");
    EXPECT_EQ(read_good(R"({"op":"range"})").id, "");
}

TEST(ReadRequest, DefaultsKeepToTheLimits) {
    Limits const few{.most_k = 3, .most_rows = 7};
    EXPECT_EQ(question_of(R"({"op":"nearest","at":[0,0]})", few).substr(0, 10), "nearest 3 ");
    EXPECT_EQ(question_of(R"({"op":"range"})", few).substr(0, 14), "range limit 7 ");
    Limits const many{.most_k = 1'000'000, .most_rows = 1'000'000};
    EXPECT_EQ(question_of(R"({"op":"nearest","at":[0,0],"k":1000000})", many).substr(0, 16), "nearest 1000000 ");
    EXPECT_EQ(question_of(R"({"op":"range"})", many).substr(0, 16), "range limit 100 ");
}

TEST(ReadRequest, NullIsAsGoodAsAbsent) {
    EXPECT_EQ(
        question_of(R"({"id":null,"op":"range","from":null,"to":null,"box":null,"on":null,"source":null,"limit":null,)"
                    R"("count":null,"at":null,"k":null,"within_m":null,"by":null,"measure":null})"),
        question_of(R"({"op":"range"})"));
    EXPECT_EQ(read_good(R"({"id":null,"op":"range"})").id, "");
}

TEST(ReadRequest, EveryMemberOfEveryOperation) {
    std::string const window = R"("from":"2014-04-01","to":"2014-04-01T09:00:01","box":[-180,-90,180,90],)";
    std::string const read_window = " from 1396310400 to 1396342801 box -1800000000,-900000000,1800000000,900000000";
    EXPECT_EQ(question_of(R"({"op":"nearest",)" + window +
                          R"("on":"dropoff","source":"green","at":[-180,90],"k":10000,"within_m":0.5})"),
              "nearest 10000 to -1800000000,900000000 within 0.5" + read_window + " on dropoff of green");
    EXPECT_EQ(question_of(R"({"op":"range",)" + window +
                          R"("on":"pickup","source":["yellow","green","yellow"],"limit":1,"count":true})"),
              "range limit 1 count" + read_window + " on pickup of green yellow");
    EXPECT_EQ(question_of(R"({"op":"aggregate",)" + window +
                          R"("by":["hour","pickup_tile:14"],"measure":["trips","mean:fare"],"source":"uber,green"})"),
              "aggregate by hour pickup_tile:14 measure trips mean_fare" + read_window + " on pickup of green uber");
}

TEST(ReadRequest, TheEdgesOfWhatIsAllowed) {
    auto const nearest = [](std::string const& members) {
        return question_of(R"({"op":"nearest","at":[0,0],)" + members + "}");
    };
    EXPECT_EQ(nearest(R"("k":1)").substr(0, 10), "nearest 1 ");
    EXPECT_EQ(nearest(R"("within_m":0)").substr(10, 18), " to 0,0 within 0 f");
    EXPECT_NE(nearest(R"("within_m":25000000)").find("within 25000000 "), std::string::npos);
    EXPECT_NE(nearest(R"("within_m":2.5e7)").find("within 25000000 "), std::string::npos);
    EXPECT_NE(nearest(R"("box":[1,2,1,2])").find("box 10000000,20000000,10000000,20000000"), std::string::npos)
        << "a box may be a point";
    EXPECT_NE(nearest(R"("from":"1970-01-01","to":"2105-12-31T23:59:59")").find("from 0 to 4291747199"),
              std::string::npos);
    EXPECT_NE(question_of(R"({"op":"nearest","at":[-1e-7,0.00000004]})").find(" to -1,0 "), std::string::npos)
        << "the nearest unit of 1e-7 degree";
}

TEST(ReadRequest, LimitNoneIsAllRowsUpToTheLimit) {
    Request const all = read_good(R"({"op":"range","limit":0})", {.most_k = 1, .most_rows = 50});
    EXPECT_TRUE(all.all_rows);
    EXPECT_EQ(std::get<query::RangeQuestion>(all.question).limit, 50U);
    Request const count = read_good(R"({"op":"range","limit":0,"count":true})");
    EXPECT_FALSE(count.all_rows) << "a count may be larger than any list";
    EXPECT_FALSE(read_good(R"({"op":"range","limit":10000})").all_rows);
}

TEST(ReadRequest, RowsAsked) {
    EXPECT_EQ(rows_asked(read_good(R"({"op":"nearest","at":[0,0],"k":77})").question), 77U);
    EXPECT_EQ(rows_asked(read_good(R"({"op":"range","limit":78})").question), 78U);
    EXPECT_EQ(rows_asked(read_good(R"({"op":"range","limit":0})").question), 10'000U);
    EXPECT_EQ(rows_asked(read_good(R"({"op":"range","limit":78,"count":true})").question), 0U);
    EXPECT_EQ(rows_asked(read_good(R"({"op":"aggregate","by":"hour"})").question), 0U);
}

TEST(ReadRequest, OrderAndBlanksDoNotMatter) {
    std::string const wanted = question_of(R"({"op":"nearest","at":[1,2],"k":3,"id":4})");
    EXPECT_EQ(question_of(" {\t\"k\" : 3 ,\"id\":4, \"at\":[ 1 , 2 ]\t,\"op\":\"nearest\"} "), wanted);
    EXPECT_EQ(question_of("{\"op\":\"nearest\",\"at\":[1,2],\"k\":3,\"id\":4}\r"), wanted)
        << "a line that ends in CRLF";
    EXPECT_EQ(question_of("{\"\\u006fp\":\"near\\u0065st\",\"at\":[1.0,20e-1],\"k\":3}"), wanted);
}

TEST(ReadRequest, IdsComeBackAsTheyAre) {
    for (std::string_view const id : {R"("a")", R"("")", R"(" ")", R"("a\"b\\c")", R"("line\nbreak\ttab")",
                                      R"("\u0001\u001f")", "\"Zürich 東京 🚕\"", "\"\x7f\"", "0", "17", "-17",
                                      "9223372036854775807", "-9223372036854775808", "18446744073709551615"}) {
        std::string const rest = R"(,"op":"range","limit":)";
        std::string const line = "{\"id\":" + std::string(id) + rest;
        EXPECT_EQ(read_good(line + "1}").id, id);
        EXPECT_EQ(read_bad(line + "-1}").id, id) << "of a refusal, too";
    }
    EXPECT_EQ(read_good(R"({"id":"\u0041\/\ud83d\ude95","op":"range"})").id, "\"A/🚕\"") << "the same string";
    std::string const long_id = '"' + std::string(100'000, 'x') + '"';
    EXPECT_EQ(read_good("{\"op\":\"range\",\"id\":" + long_id + "}").id, long_id);
}

TEST(ReadRequest, OneReaderReadsLineAfterLine) {
    RequestReader reader(Limits{});
    std::string const good = R"({"id":"a","op":"nearest","at":[1,2],"source":["green"]})";
    std::string const first = describe(std::get<Request>(read_with(reader, good)).question);
    for (std::string const& between :
         {std::string("{"), std::string(50'000, '['), R"({"op":"range","limit":3,"id":"other"})" + std::string(9, ' '),
          "{\"op\":\"range\",\"id\":\"" + std::string(200'000, 'y') + "\"}"}) {
        read_with(reader, between);
        auto const again = read_with(reader, good);
        ASSERT_TRUE(std::holds_alternative<Request>(again));
        EXPECT_EQ(describe(std::get<Request>(again).question), first);
        EXPECT_EQ(std::get<Request>(again).id, "\"a\"");
    }
    RequestReader moved = std::move(reader);
    EXPECT_EQ(describe(std::get<Request>(read_with(moved, good)).question), first);
}

}  // namespace
}  // namespace tessera::request
