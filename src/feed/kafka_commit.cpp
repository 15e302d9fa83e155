#include "kafka_commit.hpp"

#include <chrono>
#include <thread>

namespace tessera::feed {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto longest_outage = 60s;
constexpr auto until_next_try = 100ms;

/// From the best to the worst.
enum class Verdict { done, no_longer_ours, try_again, refused };

Verdict judge(rd_kafka_resp_err_t error) {
    switch (error) {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            return Verdict::done;
        case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
        case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
        case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
        case RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
            return Verdict::no_longer_ours;
        case RD_KAFKA_RESP_ERR__TRANSPORT:
        case RD_KAFKA_RESP_ERR__TIMED_OUT:
        case RD_KAFKA_RESP_ERR__WAIT_COORD:
        case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
        case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
        case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
            return Verdict::try_again;
        default:
            return Verdict::refused;
    }
}

/// The worst of what is said for the whole and for each partition.
rd_kafka_resp_err_t try_once(KafkaClient const& client, KafkaOffsets const& offsets) {
    constexpr int wait_for_it = 0;  // the parameter is whether not to
    KafkaOwner<rd_kafka_topic_partition_list_t> const list(
        rd_kafka_topic_partition_list_new(static_cast<int>(offsets.size())));
    for (auto const& [partition, offset] : offsets)
        rd_kafka_topic_partition_list_add(list.get(), client.place().topic.c_str(), partition)->offset = offset;
    rd_kafka_resp_err_t worst = rd_kafka_commit(client.handle(), list.get(), wait_for_it);
    for (int i = 0; i < list->cnt; ++i)
        if (judge(list->elems[i].err) > judge(worst)) worst = list->elems[i].err;
    return worst;
}

}  // namespace

void commit_offsets(KafkaClient const& client, KafkaOffsets const& offsets) {
    auto const begin = Clock::now();
    while (!offsets.empty()) {
        rd_kafka_resp_err_t const error = try_once(client, offsets);
        Verdict const verdict = judge(error);
        if (verdict == Verdict::done || verdict == Verdict::no_longer_ours) return;
        client.check_alive();
        if (verdict == Verdict::refused || Clock::now() - begin > longest_outage)
            client.fail("cannot commit what was taken from", error);
        std::this_thread::sleep_for(until_next_try);
    }
}

}  // namespace tessera::feed
