#include "tessera/report/ledger.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tessera/report/align.hpp"
#include "tessera/report/rejects.hpp"

namespace tessera::report {
namespace {

core::Ledger two_files() {
    core::FileLedger april{"apr14.csv", "uber", 8'000'123, {}}, may{"may14.csv", "yellow", 55, {}};
    april.counts = {
        .lines = 564'517, .header = 1, .blank = 2, .kept = 564'430, .rejected = {80, 1, 1, 1, 1}, .odd = {}};
    april.counts.odd = {564'430, 8'122, 0, 0};
    may.counts = {.lines = 1, .header = 1, .blank = 0, .kept = 0, .rejected = {}, .odd = {}};
    return {april, may};
}

TEST(LedgerTable, IsAligned) {
    EXPECT_EQ(
        ledger_table(two_files()),
        R"(                                                    |  rejected                                 |  kept, but odd
                                                    |                 no  outside   time   too  |  unknown             negative      zero
file       format    lines  header  blank     kept  |  malformed  pickup   region  order  long  |  dropoff  duplicate      fare  distance
apr14.csv  uber    564,517       1      2  564,430  |         80       1        1      1     1  |  564,430      8,122         0         0
may14.csv  yellow        1       1      0        0  |          0       0        0      0     0  |        0          0         0         0
total              564,518       2      2  564,430  |         80       1        1      1     1  |  564,430      8,122         0         0
)");
}

TEST(LedgerTable, HasATotalWhereThereAreSeveralFiles) {
    core::Ledger ledger = two_files();
    EXPECT_NE(ledger_table(ledger).find("\ntotal "), std::string::npos);
    ledger.pop_back();
    EXPECT_EQ(ledger_table(ledger).find("total"), std::string::npos);
}

TEST(LedgerTable, ElidesLongNames) {
    EXPECT_EQ(elide_middle("short.csv", 12), "short.csv");
    EXPECT_EQ(elide_middle("yellow_tripdata_2014-04.csv", 12), "yell...4.csv");
    EXPECT_EQ(elide_middle("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 5), "\xc3\xa9...\xc3\xa9");
}

TEST(Align, CountsCharactersNotBytes) {
    EXPECT_EQ(align_columns({{"caf\xc3\xa9", "1"}, {"cafes", "22"}}, 1), "caf\xc3\xa9    1\ncafes  22\n");
    EXPECT_EQ(align_columns({{"a", "b"}, {"c"}}, 1), "a  b\nc\n");
}

TEST(LedgerJson, HasEveryCount) {
    auto const object = ledger_json(two_files());
    EXPECT_EQ(
        object["files"][0].dump(),
        R"({"name":"apr14.csv","format":"uber","bytes":8000123,"lines":564517,"header":1,"blank":2,"kept":564430,)"
        R"("rejected":{"malformed":80,"no_pickup":1,"outside_region":1,"time_order":1,"too_long":1},)"
        R"("odd":{"unknown_dropoff":564430,"duplicate":8122,"negative_fare":0,"zero_distance":0}})");
    EXPECT_EQ(object["files"].size(), 2U);
    EXPECT_EQ(object["total"]["bytes"], 8'000'178);
    EXPECT_EQ(object["total"]["lines"], 564'518);
    EXPECT_EQ(object["total"]["rejected"]["malformed"], 80);
}

TEST(LedgerJson, IsWrittenWhateverTheNames) {
    std::ostringstream out;
    write_ledger_json(out, {{"caf\xe9.csv", "uber", 1, {}}});
    EXPECT_EQ(nlohmann::json::parse(out.str())["files"][0]["name"], "caf\xef\xbf\xbd.csv");
    out.str("");
    write_ledger_json(out, {});
    EXPECT_EQ(nlohmann::json::parse(out.str())["files"], nlohmann::json::array());
}

TEST(Rejects, QuotesTheRowAlways) {
    std::string text;
    append_reject(text, "a,b.csv", 3, core::Reject::no_pickup, "plain");
    append_reject(text, "u.csv", 4'294'967'296, core::Reject::malformed, "\"4/1/2014\",\"x\"\r");
    EXPECT_EQ(text,
              "\"a,b.csv\",3,no_pickup,\"plain\"\n"
              "u.csv,4294967296,malformed,\"\"\"4/1/2014\"\",\"\"x\"\"\r\"\n");
}

}  // namespace
}  // namespace tessera::report
