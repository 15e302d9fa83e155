#include "kafka_client.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <array>
#include <chrono>

#include "tessera/core/error.hpp"

namespace tessera::feed {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto longest_start = 10s;
constexpr int ask_again_ms = 200;

KafkaClient const& client_of(void* opaque) {
    return *static_cast<KafkaClient const*>(opaque);
}

void set_callbacks(rd_kafka_conf_t* configuration, KafkaPlace const& place) {
    // What matters comes as an error; who asks for debugging gets all that is logged.
    if (!place.properties.contains("debug"))
        rd_kafka_conf_set_log_cb(configuration, [](rd_kafka_t const*, int, char const*, char const*) {});
    if (place.end == KafkaPlace::End::source)
        rd_kafka_conf_set_rebalance_cb(
            configuration, [](rd_kafka_t*, rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t* partitions,
                              void* opaque) { client_of(opaque).events().on_rebalance(what, partitions); });
    else
        rd_kafka_conf_set_dr_msg_cb(configuration, [](rd_kafka_t*, rd_kafka_message_t const* message, void* opaque) {
            client_of(opaque).events().on_delivery(*message);
        });
}

char const* remedy_for(rd_kafka_resp_err_t code) {
    switch (code) {
        case RD_KAFKA_RESP_ERR__TRANSPORT:
        case RD_KAFKA_RESP_ERR__TIMED_OUT:
        case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
        case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
        case RD_KAFKA_RESP_ERR__RESOLVE:
            return "see whether the brokers run, under the addresses that they advertise";
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
        case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
            return "create the topic (kafka-topics.sh --create --topic NAME) or name another";
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR__AUTHENTICATION:
            return "let the brokers' administrator grant it, or add ?sasl.username=...&sasl.password=...";
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
            return "raise the topic's max.message.bytes, or ask for fewer rows";
        default:
            return "see the brokers' log";
    }
}

}  // namespace

KafkaClient::KafkaClient(KafkaPlace const& place, KafkaEvents events) : place_(place), events_(std::move(events)) {
    KafkaOwner<rd_kafka_conf_t> configuration = make_kafka_configuration(place_);
    set_callbacks(configuration.get(), place_);
    rd_kafka_conf_set_opaque(configuration.get(), this);
    rd_kafka_conf_set_error_cb(configuration.get(), [](rd_kafka_t*, int code, char const* reason, void* opaque) {
        // "All brokers are down" comes after the reason, and says less.
        if (code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) static_cast<KafkaClient*>(opaque)->last_error_ = reason;
    });
    auto const type = place_.end == KafkaPlace::End::source ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER;
    std::array<char, 512> reason{};
    handle_.reset(rd_kafka_new(type, configuration.get(), reason.data(), reason.size()));
    if (!handle_)
        throw core::UsageError(
            fmt::format("'{}': librdkafka does not take the properties ({}); change them", place_.name, reason.data()));
    static_cast<void>(configuration.release());  // rd_kafka_new has taken it over
}

rd_kafka_resp_err_t KafkaClient::ask_for_topic(rd_kafka_topic_t* topic) const {
    rd_kafka_metadata_t const* answer = nullptr;
    if (auto const error = rd_kafka_metadata(handle(), 0, topic, &answer, ask_again_ms)) return error;
    auto const error = answer->topic_cnt == 1 ? answer->topics[0].err : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    rd_kafka_metadata_destroy(answer);
    return error;
}

void KafkaClient::wait_for_topic(StopSignal const* stop) {
    KafkaOwner<rd_kafka_topic_t> const topic(rd_kafka_topic_new(handle(), place_.topic.c_str(), nullptr));
    if (!topic) fail("cannot use", rd_kafka_last_error());
    auto const begin = Clock::now();
    for (;;) {
        rd_kafka_resp_err_t const error = ask_for_topic(topic.get());
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR || (stop && stop->requested())) return;
        rd_kafka_poll(handle(), 0);  // brings the reasons
        check_alive();
        if (error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED || Clock::now() - begin > longest_start)
            fail("cannot reach", error);
        pollfd stopped{stop ? stop->descriptor() : -1, POLLIN, 0};
        ::poll(&stopped, 1, ask_again_ms);
    }
}

void KafkaClient::check_alive() const {
    std::array<char, 512> reason{};
    if (auto const code = rd_kafka_fatal_error(handle(), reason.data(), reason.size()))
        throw core::DataError(
            fmt::format("cannot go on with '{}' ({}); {}", place_.name, reason.data(), remedy_for(code)));
}

void KafkaClient::fail(std::string_view problem, rd_kafka_resp_err_t code) const {
    // For all that is the network's, librdkafka has said before what it was.
    bool const is_network = code == RD_KAFKA_RESP_ERR__TRANSPORT || code == RD_KAFKA_RESP_ERR__TIMED_OUT ||
                            code == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT;
    std::string reason = rd_kafka_err2str(code);
    if (is_network && !last_error_.empty()) reason += ": " + last_error_;
    throw core::DataError(fmt::format("{} '{}' ({}); {}", problem, place_.name, reason, remedy_for(code)));
}

}  // namespace tessera::feed
