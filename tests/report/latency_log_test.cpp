#include "tessera/report/latency_log.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <vector>

#include "report/answered.hpp"

namespace tessera::report {
namespace {

using std::chrono::nanoseconds;

std::string line_of(request::Answered const& answered) {
    std::string text;
    append_latency(text, answered);
    return text;
}

/// A line's fields, read by the letter of RFC 4180.
std::vector<std::string> fields_of(std::string const& line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char const c = line[i];
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
            fields.back() += line[i++];
        else if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            fields.emplace_back();
        else if (c != '\n' || quoted)
            fields.back() += c;
    }
    return fields;
}

TEST(LatencyLog, HasOneLineARequest) {
    EXPECT_EQ(latency_columns, "id,op,outcome,queue_micros,work_micros,ranks,tiles,rows");
    EXPECT_EQ(line_of({"\"a\"",
                       request::Operation::nearest,
                       request::Outcome::answered,
                       {nanoseconds(1'500), nanoseconds(41'020), 2, 7, 12'345}}),
              "a,nearest,answered,1.5,41.02,2,7,12345\n");
    EXPECT_EQ(line_of({"", std::nullopt, request::Outcome::bad_json, {}}), ",,bad_json,0,0,0,0,0\n");
    EXPECT_EQ(line_of({"17",
                       request::Operation::aggregate,
                       request::Outcome::too_large,
                       {nanoseconds(7), nanoseconds(3'600'000'000'001), 1, 1, 1}}),
              "17,aggregate,too_large,0.007,3600000000.001,1,1,1\n");
}

TEST(LatencyLog, PutsAnyIdIntoOneField) {
    auto const id_of = [](std::string json) { return fields_of(line_of({std::move(json), {}, {}, {}}))[0]; };
    EXPECT_EQ(id_of(R"("plain words")"), "plain words");
    EXPECT_EQ(id_of(R"("a,b")"), "a,b");
    EXPECT_EQ(id_of(R"("say \"hi\"")"), "say \"hi\"");
    EXPECT_EQ(id_of(R"("two\nlines\u0041\\")"), "two\nlinesA\\");
    EXPECT_EQ(id_of(R"({"x":[1,"y"]})"), R"({"x":[1,"y"]})");
    EXPECT_EQ(id_of("\"broken\\"), "\"broken\\") << "what is no JSON stays as it is";
    EXPECT_EQ(id_of("\"\""), "");
    EXPECT_EQ(id_of("-1.5e3"), "-1.5e3");
}

TEST(LatencyLog, LosesNoNanosecond) {
    for (request::Answered const& answered : random_answered(2'000)) {
        auto const fields = fields_of(line_of(answered));
        ASSERT_EQ(fields.size(), 8U);
        EXPECT_EQ(fields[0], answered.id);
        EXPECT_EQ(fields[1], answered.operation ? request::name_of(*answered.operation) : "");
        EXPECT_EQ(fields[2], request::name_of(answered.outcome));
        EXPECT_EQ(std::llround(std::stod(fields[3]) * 1000), answered.cost.queue.count());
        EXPECT_EQ(std::llround(std::stod(fields[4]) * 1000), answered.cost.work.count());
        EXPECT_EQ(fields[5], std::to_string(answered.cost.ranks));
        EXPECT_EQ(fields[6], std::to_string(answered.cost.tiles));
        EXPECT_EQ(fields[7], std::to_string(answered.cost.rows));
    }
}

}  // namespace
}  // namespace tessera::report
