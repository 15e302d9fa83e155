#include "tessera/report/timings.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tessera::report {
namespace {

TEST(TimingsTable, HasALineAStageAndBelowItTheKinds) {
    StageTiming read, quiet;
    read.name = "read";
    read.seconds.max = 1.25;
    read.all = {"", 3, 1'200, 34'567, 600, 20'000};
    read.by_kind = {{"allreduce", 2, 200, 1'600, 100, 800, {0.25, 0.2, 0.1}},
                    {"exchange", 1, 1'000, 32'967, 500, 19'200}};
    quiet.name = "search";
    quiet.seconds.max = 0.0004;
    EXPECT_EQ(timings_table({read, quiet}),
              "                                    |  sent by all       |  most by one\n"
              "stage   collective  seconds  calls  |  messages   bytes  |  messages   bytes\n"
              "read                  1.250      3  |     1,200  34,567  |       600  20,000\n"
              "        allreduce     0.250      2  |       200   1,600  |       100     800\n"
              "        exchange      0.000      1  |     1,000  32,967  |       500  19,200\n"
              "search                0.000      0  |         0       0  |         0       0\n");
}

TEST(TimingsTable, TellsOfBatches) {
    StageTiming answer;
    answer.name = "answer";
    answer.batches = 1'000;
    answer.questions = 3'000;
    answer.batch_messages = 1'500;
    answer.batch_bytes = 123'456;
    std::string const text = timings_table({answer});
    EXPECT_EQ(text.substr(text.find("answer:")),
              "answer: 1,000 batches, 3,000 questions; a batch takes 1.50 messages, 123.5 bytes\n");
}

TEST(TimingsJson, HasAllThatTheTableHasAndTheSpread) {
    StagePart const files{"files", {0.5, 0.25, 0.125}};
    TimedRun run{"tessera 0.1.0", "ingest", 4, 2, 3, 1.5e9, 70, 80, {0.3, 0.2, 0.1}, {}};
    StageTiming& stage = run.stages.emplace_back();
    stage.name = "read";
    stage.seconds = {3, 2, 1};
    stage.all = {"", 5, 6, 7, 8, 9};
    stage.by_kind = {{"exchange", 1, 2, 3, 4, 5, {0.75, 0.5, 0.25}}};
    stage.parts = {files};
    StageTiming& answer = run.stages.emplace_back();
    answer.batches = 2;
    answer.questions = 11;
    auto const json = nlohmann::json::parse(timings_json(run));
    EXPECT_EQ(json["command"], "ingest");
    EXPECT_EQ(json["ranks"], 4);
    EXPECT_EQ(json["hosts"], 2);
    EXPECT_EQ(json["threads"], 3);
    EXPECT_EQ(json["started_at"], 1.5e9);
    EXPECT_EQ(json["trips"], 70);
    EXPECT_EQ(json["input_bytes"], 80);
    EXPECT_EQ(json["start_up_seconds"]["min"], 0.1);
    auto const& read = json["stages"][0];
    EXPECT_EQ(read["stage"], "read");
    EXPECT_EQ(read["seconds"], (nlohmann::json{{"max", 3.0}, {"mean", 2.0}, {"min", 1.0}}));
    EXPECT_EQ(read["bytes"], 7);
    EXPECT_FALSE(read.contains("batches"));
    EXPECT_EQ(read["parts"][0]["part"], "files");
    EXPECT_EQ(read["parts"][0]["seconds"]["mean"], 0.25);
    EXPECT_EQ(read["collectives"][0]["collective"], "exchange");
    EXPECT_EQ(read["collectives"][0]["seconds"]["mean"], 0.5);
    EXPECT_EQ(read["collectives"][0]["most_messages"], 4);
    EXPECT_EQ(json["stages"][1]["questions"], 11);
}

}  // namespace
}  // namespace tessera::report
