#include "tessera/app/stage_watch.hpp"

#include <gtest/gtest.h>

#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"

namespace tessera::app {
namespace {

using harness::world;

TimingsOption const wanted_timings{true, {}};

std::uint64_t others() {
    return static_cast<std::uint64_t>(world().size()) - 1;
}

void expect_row(report::SentRow const& row, report::SentRow const& want) {
    EXPECT_EQ(row.name, want.name);
    EXPECT_EQ(row.calls, want.calls) << row.name;
    EXPECT_EQ(row.messages, want.messages) << row.name;
    EXPECT_EQ(row.bytes, want.bytes) << row.name;
    EXPECT_EQ(row.most_messages, want.most_messages) << row.name;
    EXPECT_EQ(row.most_bytes, want.most_bytes) << row.name;
}

/// Stages that come again go on; what was sent before the first, and between stages, is nobody's.
TEST(StageWatch, SumsUpStagesOverRanks) {
    StageWatch watch(wanted_timings, world().traffic());
    comm::barrier(world());
    watch.enter("gather");
    // Rank r sends r numbers to the root; the lengths go from each to each other.
    std::vector<std::uint64_t> const mine(static_cast<std::size_t>(world().rank()), 1);
    comm::gather_to_root(world(), std::span(mine));
    watch.enter("rest");
    comm::barrier(world());
    watch.enter("gather");
    comm::barrier(world());

    auto const stages = watch.sum_up(world());
    std::uint64_t const n = others(), numbers = n * (n + 1) / 2;
    ASSERT_EQ(stages.size(), 3U);
    EXPECT_EQ(stages[0].name, "gather");
    EXPECT_EQ(stages[1].name, "rest");
    EXPECT_EQ(stages[2].name, "all");
    ASSERT_EQ(stages[0].by_kind.size(), 3U);
    expect_row(stages[0].by_kind[0], {"barrier", 1, 0, 0, 0, 0});
    expect_row(stages[0].by_kind[1], {"allgather", 1, (n + 1) * n, 8 * (n + 1) * n, n, 8 * n});
    expect_row(stages[0].by_kind[2], {"gather_to_root", 1, n, 8 * numbers, n == 0 ? 0U : 1U, 8 * n});
    expect_row(stages[0].all, {"", 3, (n + 1) * n + n, 8 * ((n + 1) * n + numbers), n == 0 ? 0 : n + 1, 8 * n + 8 * n});
    expect_row(stages[1].all, {"", 1, 0, 0, 0, 0});
    expect_row(stages[2].by_kind[0], {"barrier", 2, 0, 0, 0, 0});
    expect_row(stages[2].all, {"", 4, stages[0].all.messages, stages[0].all.bytes, stages[0].all.most_messages,
                               stages[0].all.most_bytes});
    EXPECT_GE(stages[2].seconds.max, stages[0].seconds.max);
    for (report::StageTiming const& stage : stages) {
        EXPECT_GE(stage.seconds.max, stage.seconds.mean);
        EXPECT_GE(stage.seconds.mean * (1 + 1e-12), stage.seconds.min);
        double in_collectives = 0;
        for (report::SentRow const& row : stage.by_kind)
            in_collectives += row.seconds.min;
        EXPECT_LE(in_collectives, stage.seconds.max);
    }
}

/// What comes after the last batch (the word that all is over) is the stage's, but no batch's.
TEST(StageWatch, TellsWhatBatchesTook) {
    StageWatch watch(wanted_timings, world().traffic());
    watch.enter("answer");
    std::uint64_t number = 1;
    for (std::uint64_t const questions : {7U, 9U}) {
        comm::broadcast(world(), std::span(&number, 1));
        watch.end_batch(questions);
    }
    comm::broadcast(world(), std::span(&number, 1));
    auto const answer = watch.sum_up(world()).front();
    EXPECT_EQ(answer.batches, 2U);
    EXPECT_EQ(answer.questions, 16U);
    EXPECT_EQ(answer.batch_messages, 2 * others());
    EXPECT_EQ(answer.batch_bytes, 16 * others());
    EXPECT_EQ(answer.all.messages, 3 * others());
}

TEST(StageWatch, SendsNothingUnlessItIsWanted) {
    comm::Traffic const before = world().traffic();
    StageWatch unwanted({}, world().traffic()), wanted(wanted_timings, world().traffic());
    for (StageWatch* const watch : {&unwanted, &wanted}) {
        watch->enter("one");
        watch->end_batch(1);
        watch->enter("two");
    }
    unwanted.tell(world(), "test", {});
    EXPECT_EQ(comm::total_of(comm::difference(world().traffic(), before)), comm::Sent{});
}

}  // namespace
}  // namespace tessera::app
