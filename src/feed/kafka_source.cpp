#include <algorithm>
#include <cstring>
#include <vector>

#include "kafka.hpp"
#include "kafka_client.hpp"
#include "kafka_commit.hpp"

namespace tessera::feed {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds hears_of_stop = 100ms;
constexpr std::size_t batch_bytes = 1024 * 1024;

/// Messages are the values of a topic's messages, taken as a member of a group.
class KafkaSource : public Source {
  public:
    KafkaSource(KafkaPlace const& place, SourceOptions const& options, StopSignal const& stop);
    ~KafkaSource() override { rd_kafka_consumer_close(client_.handle()); }

    Taken take(std::size_t most, milliseconds patience) override;
    void confirm() override;

  private:
    void subscribe();
    void rebalance(rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t* partitions);
    void forget(rd_kafka_topic_partition_list_t const& partitions);
    bool next(milliseconds patience);
    bool add(rd_kafka_message_t const& message);
    void judge(rd_kafka_resp_err_t error) const;

    StopSignal const& stop_;
    std::size_t longest_bytes_;
    KafkaClient client_;
    KafkaOffsets taken_;  ///< and not confirmed
    std::uint64_t number_ = 0;
    std::vector<Message> batch_;
    std::vector<char> texts_;
    std::size_t texts_end_ = 0;
    KafkaOwner<rd_kafka_message_t> waiting_;  ///< came, and had no room in the batch
};

KafkaSource::KafkaSource(KafkaPlace const& place, SourceOptions const& options, StopSignal const& stop)
    : stop_(stop),
      longest_bytes_(options.longest_message_bytes),
      client_(place, {.on_rebalance = [this](auto what, auto* partitions) { rebalance(what, partitions); },
                      .on_delivery = {}}),
      texts_(batch_bytes + padding_bytes) {
    client_.wait_for_topic(&stop_);
    subscribe();
}

void KafkaSource::subscribe() {
    // From here on one queue brings messages, rebalances and errors.
    if (auto const error = rd_kafka_poll_set_consumer(client_.handle())) client_.fail("cannot read", error);
    KafkaOwner<rd_kafka_topic_partition_list_t> const topics(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(topics.get(), client_.place().topic.c_str(), RD_KAFKA_PARTITION_UA);
    if (auto const error = rd_kafka_subscribe(client_.handle(), topics.get())) client_.fail("cannot read", error);
}

void KafkaSource::rebalance(rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t* partitions) {
    rd_kafka_t* const handle = client_.handle();
    bool const assigned = what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
    if (!assigned) forget(*partitions);
    // An error here is told again by the next poll.
    if (std::strcmp(rd_kafka_rebalance_protocol(handle), "COOPERATIVE") == 0)
        KafkaOwner<rd_kafka_error_t>(assigned ? rd_kafka_incremental_assign(handle, partitions)
                                              : rd_kafka_incremental_unassign(handle, partitions));
    else
        rd_kafka_assign(handle, assigned ? partitions : nullptr);
}

/// What these partitions brought and was not confirmed comes again, here or to another member: to commit it now could
/// take back what that one has confirmed since.
void KafkaSource::forget(rd_kafka_topic_partition_list_t const& partitions) {
    for (int i = 0; i < partitions.cnt; ++i) {
        std::int32_t const partition = partitions.elems[i].partition;
        taken_.erase(partition);
        if (waiting_ && waiting_->partition == partition) waiting_.reset();
    }
}

Taken KafkaSource::take(std::size_t most, milliseconds patience) {
    most = std::max<std::size_t>(most, 1);
    auto const begin = Clock::now();
    bool first_look = true;
    batch_.clear();
    texts_end_ = 0;
    for (; batch_.size() < most; first_look = false) {
        if (stop_.requested()) break;
        bool const some = !batch_.empty();
        auto const left = patience - std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
        if (!some && left <= 0ms && !first_look) return {Taken::State::paused, {}};
        bool const goes_on = next(some ? 0ms : std::clamp(left, 0ms, hears_of_stop));
        if (some && !goes_on) break;
    }
    return {batch_.empty() ? Taken::State::ended : Taken::State::some, batch_};
}

/// Whether something came that leaves room for more.
bool KafkaSource::next(milliseconds patience) {
    if (!waiting_) waiting_.reset(rd_kafka_consumer_poll(client_.handle(), static_cast<int>(patience.count())));
    client_.check_alive();
    if (!waiting_) return false;
    if (waiting_->err) {
        judge(waiting_->err);
    } else if (!add(*waiting_)) {
        return false;
    }
    waiting_.reset();
    return true;
}

/// Copies it, for librdkafka leaves no bytes after a text that may be read. One without a value is an empty text.
/// Whether it had room.
bool KafkaSource::add(rd_kafka_message_t const& message) {
    std::string_view text;
    if (message.payload != nullptr) text = {static_cast<char const*>(message.payload), message.len};
    bool const too_long = text.size() > longest_bytes_;
    text = text.substr(0, longest_bytes_);
    std::size_t const needed = texts_end_ + text.size() + padding_bytes;
    if (needed > texts_.size()) {
        if (!batch_.empty()) return false;
        texts_.resize(needed);
    }
    taken_[message.partition] = message.offset + 1;
    ++number_;
    char* const copy = texts_.data() + texts_end_;
    text.copy(copy, text.size());
    batch_.push_back({{copy, text.size()}, number_, Clock::now(), too_long});
    texts_end_ += text.size();
    return true;
}

/// Most errors pass, for librdkafka tries again by itself.
void KafkaSource::judge(rd_kafka_resp_err_t error) const {
    switch (error) {
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
        case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR__AUTHENTICATION:
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
        case RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
        case RD_KAFKA_RESP_ERR__BAD_MSG:
        case RD_KAFKA_RESP_ERR_INVALID_GROUP_ID:
        case RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL:
            client_.fail("cannot read", error);
        default:
            return;
    }
}

void KafkaSource::confirm() {
    commit_offsets(client_, taken_);
    taken_.clear();
}

}  // namespace

std::unique_ptr<Source> open_kafka_source(KafkaPlace const& place, SourceOptions const& options,
                                          StopSignal const& stop) {
    return std::make_unique<KafkaSource>(place, options, stop);
}

}  // namespace tessera::feed
