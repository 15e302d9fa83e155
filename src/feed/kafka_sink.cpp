#include <fmt/format.h>

#include <algorithm>

#include "kafka.hpp"
#include "kafka_client.hpp"
#include "tessera/core/error.hpp"

namespace tessera::feed {
namespace {

constexpr int patience_ms = 500;

/// Each line is a message without a key. Whether the brokers have it is known at `flush`.
class KafkaSink : public Sink {
  public:
    explicit KafkaSink(KafkaPlace const& place);
    ~KafkaSink() override;

    void put(std::string_view lines) override;
    void flush() override;
    void finish() override { flush(); }

  private:
    void put_line(std::string_view line);
    void note(rd_kafka_message_t const& message);
    void check_deliveries() const;

    KafkaClient client_;
    KafkaOwner<rd_kafka_topic_t> topic_;
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
        put_line(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    rd_kafka_poll(client_.handle(), 0);
    check_deliveries();
}

void KafkaSink::put_line(std::string_view line) {
    // The signature is C's; with the flag to copy, the payload is only read.
    auto* const payload = const_cast<char*>(line.data());
    while (rd_kafka_produce(topic_.get(), RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, payload, line.size(), nullptr, 0,
                            nullptr) != 0) {
        rd_kafka_resp_err_t const error = rd_kafka_last_error();
        bool const may_pass = error == RD_KAFKA_RESP_ERR__QUEUE_FULL && rd_kafka_outq_len(client_.handle()) > 0;
        if (!may_pass) client_.fail("cannot write to", error);
        rd_kafka_poll(client_.handle(), patience_ms);
        check_deliveries();
    }
}

void KafkaSink::flush() {
    while (rd_kafka_flush(client_.handle(), patience_ms) == RD_KAFKA_RESP_ERR__TIMED_OUT)
        check_deliveries();
    check_deliveries();
}

void KafkaSink::note(rd_kafka_message_t const& message) {
    if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    if (failed_++ == 0) first_failure_ = message.err;
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
