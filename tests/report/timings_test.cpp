#include "tessera/report/timings.hpp"

#include <gtest/gtest.h>

namespace tessera::report {
namespace {

TEST(TimingsTable, HasALineAStageAndBelowItTheKinds) {
    StageTiming read, quiet;
    read.name = "read";
    read.seconds = 1.25;
    read.all = {"", 3, 1'200, 34'567, 600, 20'000};
    read.by_kind = {{"allreduce", 2, 200, 1'600, 100, 800}, {"exchange", 1, 1'000, 32'967, 500, 19'200}};
    quiet.name = "search";
    quiet.seconds = 0.0004;
    EXPECT_EQ(timings_table({read, quiet}),
              "                                    |  sent by all       |  most by one\n"
              "stage   collective  seconds  calls  |  messages   bytes  |  messages   bytes\n"
              "read                  1.250      3  |     1,200  34,567  |       600  20,000\n"
              "        allreduce                2  |       200   1,600  |       100     800\n"
              "        exchange                 1  |     1,000  32,967  |       500  19,200\n"
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

}  // namespace
}  // namespace tessera::report
