#include "tessera/web/request_text.hpp"

#include <gtest/gtest.h>

#include "tessera/core/error.hpp"

namespace tessera::web {
namespace {

TEST(RequestText, EachMemberAsWhatItHolds) {
    EXPECT_EQ(request_text("nearest", {{"at", "-73.9857,40.7484"},
                                       {"k", "10"},
                                       {"within_m", "5e2"},
                                       {"on", "pickup"},
                                       {"from", "2014-04-01T08:00"},
                                       {"source", "uber,yellow"}}),
              R"({"op":"nearest","at":[-73.9857,40.7484],"k":10,"within_m":5e2,"on":"pickup",)"
              R"("from":"2014-04-01T08:00","source":["uber","yellow"]})");
    EXPECT_EQ(request_text("range", {{"box", "-74,40.5,-73,41"}, {"limit", "0"}, {"count", "true"}}),
              R"({"op":"range","box":[-74,40.5,-73,41],"limit":0,"count":true})");
    EXPECT_EQ(request_text("aggregate", {{"by", "hour,pickup_tile:12"}, {"measure", "trips"}}),
              R"({"op":"aggregate","by":["hour","pickup_tile:12"],"measure":["trips"]})");
    EXPECT_EQ(request_text("range", {}), R"({"op":"range"})");
}

/// Nothing in a query can be more than a value: names and texts are quoted.
TEST(RequestText, NothingBreaksOut) {
    EXPECT_EQ(request_text("range", {{R"(a":1,"b)", R"("},{"\)"}}), R"({"op":"range","a\":1,\"b":"\"},{\"\\"})");
    EXPECT_EQ(request_text("range", {{"source", R"(a"],"x":["b)"}}),
              R"({"op":"range","source":["a\"]","\"x\":[\"b"]})");
    EXPECT_EQ(request_text("range", {{"from", "\xff"}}), "{\"op\":\"range\",\"from\":\"\xef\xbf\xbd\"}");
    EXPECT_EQ(request_text("range", {{"by", ""}}), R"({"op":"range","by":[""]})");
    EXPECT_EQ(request_text("range", {{"by", ",a,"}}), R"({"op":"range","by":["","a",""]})");
}

TEST(RequestText, OnlyNumbersAsJsonHasThem) {
    for (char const* const good : {"0", "-0", "10", "-1.5", "0.25", "1e5", "1E+5", "2.5e-3"})
        EXPECT_EQ(request_text("range", {{"k", good}}), std::string(R"({"op":"range","k":)") + good + "}");
    for (char const* const bad : {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x10", "NaN", "nan", "Infinity", "1 ",
                                  " 1", "1,2", "1}", "--1", "1e5.0", "1_000"})
        EXPECT_THROW(request_text("range", {{"k", bad}}), core::UsageError) << bad;
    for (char const* const bad : {"", "1,", ",1", "1,,2", "1;2", "a,b", "1,NaN"})
        EXPECT_THROW(request_text("range", {{"at", bad}}), core::UsageError) << bad;
    for (char const* const bad : {"", "1", "TRUE", "yes", "null"})
        EXPECT_THROW(request_text("range", {{"count", bad}}), core::UsageError) << bad;
}

TEST(RequestText, ARefusalSaysWhatAndWhy) {
    try {
        request_text("nearest", {{"k", "ten"}});
        ADD_FAILURE() << "nothing is thrown";
    } catch (core::UsageError const& error) {
        EXPECT_STREQ(error.what(), "k must be a number, not 'ten'");
    }
}

}  // namespace
}  // namespace tessera::web
