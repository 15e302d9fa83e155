#include "tessera/web/target.hpp"

#include <gtest/gtest.h>

#include "tessera/core/error.hpp"

namespace tessera::web {
namespace {

TEST(ReadTarget, PathAndQueryAreDecoded) {
    auto const target = read_target("/api/a%20b?at=-73.98%2C40.75&from=2014-04-01T08%3a00&on=a+b&empty=&bare&=x#part");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/api/a b");
    Query const wanted{
        {"at", "-73.98,40.75"}, {"from", "2014-04-01T08:00"}, {"on", "a b"}, {"empty", ""}, {"bare", ""}, {"", "x"}};
    EXPECT_EQ(target->query, wanted);
}

TEST(ReadTarget, APlusInAPathIsAPlus) {
    EXPECT_EQ(read_target("/a+b")->path, "/a+b");
}

TEST(ReadTarget, QueriesMayBeEmptyInManyWays) {
    for (char const* const text : {"/", "/?", "/?&", "/?&&&", "/#x?y=1"}) {
        auto const target = read_target(text);
        ASSERT_TRUE(target) << text;
        EXPECT_EQ(target->path, "/");
        EXPECT_TRUE(target->query.empty()) << text;
    }
    EXPECT_EQ(read_target("/?a=b=c&a=d")->query, (Query{{"a", "b=c"}, {"a", "d"}}));
}

TEST(ReadTarget, BytesBeyondAsciiPassAsTheyAre) {
    EXPECT_EQ(read_target("/%c3%BC")->path, "/\xc3\xbc");
    EXPECT_EQ(read_target("/?n=%ff")->query[0].second, "\xff");  // not UTF-8: for the reader to say
}

TEST(ReadTarget, WhatIsNoTargetIsRefused) {
    for (char const* const text : {"",          "*",       "api",     "http://localhost/",
                                   "//..",      "/..",     "/a/../b", "/%2e%2E/etc/passwd",
                                   "/a/..%2fb", "/%",      "/%1",     "/%1g",
                                   "/%g1",      "/?a=%",   "/?%zz=1", "/%00",
                                   "/?a=%0a",   "/?%0D=1", "/%7f",    "/?a=\x01"})
        EXPECT_FALSE(read_target(text)) << text;
}

TEST(FindValue, TheFirstOfAName) {
    Query const query{{"a", "1"}, {"b", ""}, {"a", "2"}};
    EXPECT_EQ(find_value(query, "a"), "1");
    EXPECT_EQ(find_value(query, "b"), "");
    EXPECT_FALSE(find_value(query, "c"));
}

void expect_refused(Query const& query, std::string const& part) {
    try {
        require_names(query, {"from", "to"});
        ADD_FAILURE() << "nothing is thrown";
    } catch (core::UsageError const& error) {
        EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
}

TEST(RequireNames, OnlyKnownOnesAndEachOnce) {
    EXPECT_NO_THROW(require_names({}, {}));
    EXPECT_NO_THROW(require_names({{"to", "1"}, {"from", ""}}, {"from", "to"}));
    expect_refused({{"from", ""}, {"till", ""}}, "'till' is none of the names that there are: from, to");
    expect_refused({{"to", ""}, {"from", ""}, {"to", "2"}}, "'to' is given twice");
}

}  // namespace
}  // namespace tessera::web
