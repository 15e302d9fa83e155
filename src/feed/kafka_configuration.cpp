#include <fmt/format.h>

#include <array>
#include <utility>

#include "kafka.hpp"
#include "kafka_client.hpp"
#include "tessera/core/error.hpp"

namespace tessera::feed {
namespace {

using Property = std::pair<char const*, char const*>;

// Offsets are committed by `confirm` alone. A session of 10 s (and not 45) is how long a job that was killed keeps its
// partitions from the one that takes its place.
constexpr std::array source_properties{
    Property{"enable.auto.commit", "false"},
    Property{"enable.auto.offset.store", "false"},
    Property{"auto.offset.reset", "earliest"},
    Property{"session.timeout.ms", "10000"},
};

// An answer may have 10,000 rides, 3 MB; by zstd it is 0.6 MB, and brokers take 1 MB by default. A broker that is
// away for a minute is waited for, and not for five. Memory is bounded by what waits to be sent.
constexpr std::array sink_properties{
    Property{"acks", "all"},
    Property{"enable.idempotence", "true"},
    Property{"compression.codec", "zstd"},
    Property{"message.max.bytes", "67108864"},
    Property{"message.timeout.ms", "60000"},
    Property{"queue.buffering.max.kbytes", "131072"},
};

void set(rd_kafka_conf_t* configuration, KafkaPlace const& place, char const* property, char const* value) {
    std::array<char, 512> reason{};
    if (rd_kafka_conf_set(configuration, property, value, reason.data(), reason.size()) != RD_KAFKA_CONF_OK)
        throw core::UsageError(
            fmt::format("'{}': librdkafka does not take the property {} ({}); see CONFIGURATION.md of librdkafka {} "
                        "for what it takes",
                        place.name, property, reason.data(), rd_kafka_version_str()));
}

}  // namespace

KafkaOwner<rd_kafka_conf_t> make_kafka_configuration(KafkaPlace const& place) {
    KafkaOwner<rd_kafka_conf_t> configuration(rd_kafka_conf_new());
    auto const put = [&](char const* property, char const* value) { set(configuration.get(), place, property, value); };
    put("bootstrap.servers", place.brokers.c_str());
    put("client.id", "tessera");
    put("reconnect.backoff.max.ms", "1000");  // a broker that comes back is found soon
    if (place.end == KafkaPlace::End::source) {
        put("group.id", place.group.c_str());
        for (auto const& [property, value] : source_properties)
            put(property, value);
    } else {
        for (auto const& [property, value] : sink_properties)
            put(property, value);
    }
    for (auto const& [property, value] : place.properties)
        put(property.c_str(), value.c_str());
    return configuration;
}

void check_kafka_properties(KafkaPlace const& place) {
    make_kafka_configuration(place);
}

}  // namespace tessera::feed
