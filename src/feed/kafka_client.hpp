#pragma once
#include <librdkafka/rdkafka.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "kafka_place.hpp"
#include "tessera/feed/stop_signal.hpp"

namespace tessera::feed {

/// What librdkafka tells while it is asked for events; never from a thread of its own.
struct KafkaEvents {
    std::function<void(rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t*)> on_rebalance;  ///< a source's
    std::function<void(rd_kafka_message_t const&)> on_delivery;                               ///< a sink's
};

/// Frees what librdkafka hands out.
struct KafkaFree {
    void operator()(rd_kafka_conf_t* p) const { rd_kafka_conf_destroy(p); }
    void operator()(rd_kafka_t* p) const { rd_kafka_destroy(p); }
    void operator()(rd_kafka_topic_t* p) const { rd_kafka_topic_destroy(p); }
    void operator()(rd_kafka_message_t* p) const { rd_kafka_message_destroy(p); }
    void operator()(rd_kafka_topic_partition_list_t* p) const { rd_kafka_topic_partition_list_destroy(p); }
    void operator()(rd_kafka_error_t* p) const { rd_kafka_error_destroy(p); }
};
template <class Handle>
using KafkaOwner = std::unique_ptr<Handle, KafkaFree>;

/// The part of speaking with brokers that sources and sinks have in common.
class KafkaClient {
  public:
    /// Throws core::UsageError where librdkafka refuses the properties. Does not wait for a broker.
    KafkaClient(KafkaPlace const& place, KafkaEvents events);
    KafkaClient(KafkaClient const&) = delete;  // librdkafka knows its address
    KafkaClient& operator=(KafkaClient const&) = delete;

    rd_kafka_t* handle() const { return handle_.get(); }
    KafkaPlace const& place() const { return place_; }
    KafkaEvents const& events() const { return events_; }

    /// Local. Returns once a broker knows the topic, or a stop is asked for; `stop` may be null. Throws core::DataError
    /// where either takes too long.
    void wait_for_topic(StopSignal const* stop);
    /// Local. Throws core::DataError where librdkafka has given up for good.
    void check_alive() const;
    /// Local. Throws core::DataError: problem, place, the reason that `code` stands for, and the remedy for it.
    [[noreturn]] void fail(std::string_view problem, rd_kafka_resp_err_t code) const;

  private:
    rd_kafka_resp_err_t ask_for_topic(rd_kafka_topic_t* topic) const;

    KafkaPlace place_;
    KafkaEvents events_;
    std::string last_error_;  ///< why a broker cannot be reached, as librdkafka says it
    KafkaOwner<rd_kafka_t> handle_;
};

/// Local. The properties as librdkafka takes them. Throws core::UsageError for one that it does not take.
KafkaOwner<rd_kafka_conf_t> make_kafka_configuration(KafkaPlace const& place);

}  // namespace tessera::feed
