#include "tessera/sizing/predict.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tessera::sizing {
namespace {

Cluster on(int ranks, int hosts = 1) {
    Cluster cluster;
    cluster.ranks = ranks;
    cluster.hosts = hosts;
    cluster.crowding = 0;
    return cluster;
}

Work const work{1e8, 171};
Costs const costs;

TEST(PredictIngest, OneRankIsTheSumOfItsCosts) {
    auto const told = predict_ingest(work, on(1), costs);
    EXPECT_DOUBLE_EQ(told.start_s, costs.start_s);
    EXPECT_DOUBLE_EQ(told.read_s, 1e8 * 171 * costs.read_s_a_byte);
    EXPECT_DOUBLE_EQ(told.tile_s, 1e8 * costs.tile_s_a_trip);
    EXPECT_DOUBLE_EQ(told.write_s, 1e8 * costs.write_s_a_trip);
    EXPECT_EQ(told.exchange_s, 0);
    EXPECT_EQ(told.messages, 0);
    EXPECT_DOUBLE_EQ(told.store_bytes, 55e8);
    EXPECT_DOUBLE_EQ(told.total_s(), told.start_s + told.read_s + told.tile_s + told.write_s);
}

TEST(PredictIngest, WorkIsSharedAndMessagesGrow) {
    auto const one = predict_ingest(work, on(1), costs), many = predict_ingest(work, on(64, 4), costs);
    EXPECT_DOUBLE_EQ(many.read_s, one.read_s / 64);
    EXPECT_DOUBLE_EQ(many.write_s, one.write_s / 64);
    EXPECT_EQ(many.messages, 64 * 63);
    EXPECT_DOUBLE_EQ(many.bytes_a_pair, 56e8 / 64 / 64);
    EXPECT_DOUBLE_EQ(many.bytes_between_hosts, 56e8 * 0.75);
    EXPECT_LT(many.memory_bytes_a_rank, one.memory_bytes_a_rank / 20);
}

TEST(PredictIngest, LongMessagesAreCut) {
    auto const told = predict_ingest({4e9, 171}, on(4, 4), costs);
    EXPECT_GT(told.bytes_a_pair, 256 << 20);
    EXPECT_EQ(told.messages, 12 * std::ceil(told.bytes_a_pair / (256 << 20)));
}

TEST(PredictIngest, TellsWhereRowsCannotBeNumbered) {
    EXPECT_TRUE(predict_ingest({5e9, 171}, on(1), costs).too_many_trips());
    EXPECT_FALSE(predict_ingest({5e9, 171}, on(2), costs).too_many_trips());
    EXPECT_TRUE(predict_ingest({4294967296.0 * 1000, 171}, on(1000, 40), costs).too_many_trips());
    EXPECT_FALSE(predict_ingest({4294967295.0 * 1000, 171}, on(1000, 40), costs).too_many_trips());
    EXPECT_DOUBLE_EQ(predict_ingest({5e9, 171}, on(1000, 40), costs).trips_a_rank, 5e6);
}

TEST(PredictIngest, CoresThatAreNotThereDoNotHelp) {
    Cluster crowded = on(8);
    crowded.cores_a_host = 2;
    EXPECT_DOUBLE_EQ(predict_ingest(work, crowded, costs).read_s, predict_ingest(work, on(2), costs).read_s);
}

TEST(PredictIngest, CoresOfAHostShareItsMemory) {
    Cluster cluster = on(4);
    double const alone = predict_ingest(work, cluster, costs).read_s;
    cluster.crowding = 0.8;
    EXPECT_DOUBLE_EQ(predict_ingest(work, cluster, costs).read_s, alone * (1 + 0.8 * 0.75));
    cluster.hosts = 4;
    EXPECT_DOUBLE_EQ(predict_ingest(work, cluster, costs).read_s, alone);
}

TEST(PredictIngest, TheSlowerOfDiskAndCoresCounts) {
    Cluster slow = on(64, 2);
    slow.read_bytes_a_s = 1e9;
    slow.write_bytes_a_s = 5e8;
    auto const told = predict_ingest(work, slow, costs);
    EXPECT_DOUBLE_EQ(told.read_s, 17.1);
    EXPECT_DOUBLE_EQ(told.write_s, 11);
}

TEST(PredictIngest, TheNetworkIsSharedByTheRanksOfAHost) {
    Cluster cluster = on(64, 2);
    auto const slow = predict_ingest(work, cluster, costs);
    cluster.bandwidth_bytes_a_s *= 1e6;
    auto const quick = predict_ingest(work, cluster, costs);
    // 56e8 bytes, half of them to the other host, from each host half of that; and the tile table for 32 ranks.
    EXPECT_NEAR(slow.exchange_s - quick.exchange_s, (56e8 / 2 / 2 + 1e8 / 430 * 57 * 63 / 64 * 32) / 1.25e9, 1e-3);
}

TEST(PredictIngest, MoreRanksAreNeverSlowerUntilMessagesOutweighWork) {
    double before = predict_ingest(work, on(1), costs).work_s();
    for (int ranks = 2; ranks <= 256; ranks *= 2) {
        double const now = predict_ingest(work, on(ranks, (ranks + 31) / 32), costs).work_s();
        if (ranks != 64) {  // the second host: now trips go over the network
            EXPECT_LT(now, before) << ranks;
        }
        before = now;
    }
}

TEST(PredictAnswers, GrowWithCoresAndWaitForMessages) {
    auto const one = predict_answers({5e6, 171}, on(1), costs), four = predict_answers({5e6, 171}, on(4), costs);
    EXPECT_EQ(one.messages_a_batch, 0);
    EXPECT_EQ(four.messages_a_batch, 6);
    EXPECT_GT(four.requests_a_s, 2 * one.requests_a_s);
    EXPECT_GT(four.alone_s, one.alone_s);
    EXPECT_NEAR(one.memory_bytes_a_rank, 5e6 * 80 + 48e6, 1);
    auto const far = predict_answers({5e6, 171}, on(4, 4), costs);
    EXPECT_LT(far.requests_a_s, four.requests_a_s);
    EXPECT_GT(far.alone_s, four.alone_s);
}

}  // namespace
}  // namespace tessera::sizing
