#include "tessera/report/quote.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tessera/core/error.hpp"
#include "tessera/report/format.hpp"

namespace tessera::report {
namespace {

TEST(Quote, LeavesPlainFieldsAlone) {
    EXPECT_EQ(csv_field("uber-raw-data-apr14.csv"), "uber-raw-data-apr14.csv");
    EXPECT_EQ(csv_field("with blanks"), "with blanks");
    EXPECT_EQ(csv_field(""), "");
}

TEST(Quote, QuotesWhatCsvNeedsQuoted) {
    EXPECT_EQ(csv_field("a,b.csv"), "\"a,b.csv\"");
    EXPECT_EQ(csv_field("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(csv_field("lone\rreturn"), "\"lone\rreturn\"");
    EXPECT_EQ(quote_csv(""), "\"\"");
    EXPECT_EQ(quote_csv(std::string_view("a\0b", 3)), std::string("\"a\0b\"", 5));
}

TEST(Quote, MakesJsonOfAnyBytes) {
    EXPECT_EQ(quote_json("a\"b\\c\n"), R"("a\"b\\c\n")");
    EXPECT_EQ(nlohmann::json::parse(quote_json("caf\xe9.csv")), "caf\xef\xbf\xbd.csv");
}

TEST(Format, IsParsedByName) {
    EXPECT_EQ(parse_format("csv"), Format::csv);
    EXPECT_EQ(parse_format("json"), Format::json);
    EXPECT_EQ(parse_format("geojson"), Format::geojson);
}

TEST(Format, ListsTheChoices) {
    try {
        parse_format("xml");
        FAIL() << "xml was accepted";
    } catch (core::UsageError const& error) {
        EXPECT_STREQ(error.what(), "unknown format 'xml'; choose one of csv, json, geojson");
    }
}

}  // namespace
}  // namespace tessera::report
