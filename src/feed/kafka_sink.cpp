#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "kafka.hpp"
#include "kafka_client.hpp"
#include "tessera/core/error.hpp"

namespace tessera::feed {
namespace {

constexpr int patience_ms = 500;

/// Lines are known to librdkafka by their number.
void* to_opaque(std::size_t number) {
    return reinterpret_cast<void*>(number);
}
std::size_t number_of(rd_kafka_message_t const& message) {
    return reinterpret_cast<std::size_t>(message._private);
}

/// Each line is a message without a key. Whether the brokers have it is known at `flush`.
class KafkaSink : public Sink {
  public:
    explicit KafkaSink(KafkaPlace const& place);
    ~KafkaSink() override;

    void put(std::string_view lines) override;
    void flush() override;
    std::vector<LongLine> flush_what_fits() override;
    void finish() override { flush(); }

  private:
    /// What was refused for its length, alone or because of others in its batch.
    struct Refused {
        std::size_t number = 0;
        std::string line;
    };
    void send(std::string_view line, std::size_t number);
    void note(rd_kafka_message_t const& message);
    void wait_for_deliveries();
    void check_deliveries() const;

    KafkaClient client_;
    KafkaOwner<rd_kafka_topic_t> topic_;
    std::size_t lines_ = 0;  ///< since the last flush
    std::vector<Refused> refused_;
    std::uint64_t failed_ = 0;
    rd_kafka_resp_err_t first_failure_ = RD_KAFKA_RESP_ERR_NO_ERROR;
};

KafkaSink::KafkaSink(KafkaPlace const& place)
    : client_(place, {.on_rebalance = {}, .on_delivery = [this](auto const& message) { note(message); }}) {
    client_.wait_for_topic(nullptr);
    topic_.reset(rd_kafka_topic_new(client_.handle(), place.topic.c_str(), nullptr));
    if (!topic_) client_.fail("cannot write to", rd_kafka_last_error());
}

KafkaSink::~KafkaSink() {
    // What was not flushed is not wanted any more; librdkafka would wait for it.
    rd_kafka_purge(client_.handle(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

void KafkaSink::put(std::string_view lines) {
    while (!lines.empty()) {
        std::size_t const end = std::min(lines.find('\n'), lines.size());
        send(lines.substr(0, end), lines_++);
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    rd_kafka_poll(client_.handle(), 0);
    check_deliveries();
}

void KafkaSink::send(std::string_view line, std::size_t number) {
    // The signature is C's; with the flag to copy, the payload is only read.
    auto* const payload = const_cast<char*>(line.data());
    while (rd_kafka_produce(topic_.get(), RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, payload, line.size(), nullptr, 0,
                            to_opaque(number)) != 0) {
        rd_kafka_resp_err_t const error = rd_kafka_last_error();
        if (error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) {
            refused_.push_back({number, std::string(line)});
            return;
        }
        bool const may_pass = error == RD_KAFKA_RESP_ERR__QUEUE_FULL && rd_kafka_outq_len(client_.handle()) > 0;
        if (!may_pass) client_.fail("cannot write to", error);
        rd_kafka_poll(client_.handle(), patience_ms);
        check_deliveries();
    }
}

void KafkaSink::flush() {
    std::vector<LongLine> const too_long = flush_what_fits();
    if (!too_long.empty())
        client_.fail(fmt::format("{} messages were not acknowledged by", too_long.size()),
                     RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
}

std::vector<LongLine> KafkaSink::flush_what_fits() {
    wait_for_deliveries();
    std::vector<LongLine> too_long;
    // Brokers refuse a batch as a whole, so each of its messages has another try alone.
    for (Refused const& refused : std::exchange(refused_, {})) {
        send(refused.line, refused.number);
        wait_for_deliveries();
        if (!refused_.empty()) too_long.push_back({refused.number, refused.line.size()});
        refused_.clear();
    }
    std::sort(too_long.begin(), too_long.end(), [](auto const& a, auto const& b) { return a.number < b.number; });
    lines_ = 0;
    return too_long;
}

void KafkaSink::wait_for_deliveries() {
    while (rd_kafka_flush(client_.handle(), patience_ms) == RD_KAFKA_RESP_ERR__TIMED_OUT)
        check_deliveries();
    check_deliveries();
}

void KafkaSink::note(rd_kafka_message_t const& message) {
    if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    if (message.err == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
        refused_.push_back({number_of(message), {static_cast<char const*>(message.payload), message.len}});
    else if (failed_++ == 0)
        first_failure_ = message.err;
}

void KafkaSink::check_deliveries() const {
    client_.check_alive();
    if (failed_ > 0) client_.fail(fmt::format("{} messages were not acknowledged by", failed_), first_failure_);
}

}  // namespace

std::unique_ptr<Sink> open_kafka_sink(KafkaPlace const& place) {
    return std::make_unique<KafkaSink>(place);
}

}  // namespace tessera::feed
