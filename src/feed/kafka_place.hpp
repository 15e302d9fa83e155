#pragma once
#include <map>
#include <string>

namespace tessera::feed {

/// A Kafka topic and how to speak with its brokers.
struct KafkaPlace {
    enum class End { source, sink };

    End end = End::source;
    std::string brokers;  ///< HOST:PORT[,HOST:PORT...]
    std::string topic;
    std::string group;                              ///< empty for a sink
    std::map<std::string, std::string> properties;  ///< librdkafka's names and values
    std::string name;                               ///< for messages; without the properties, which may hold a password
};

/// Local. Reads "kafka://HOST:PORT[,HOST:PORT...]/TOPIC?group=G&property=value..."; %XX in a value is a byte. Throws
/// core::UsageError that says what is wrong with it. Whether librdkafka knows the properties is not looked at.
KafkaPlace parse_kafka_place(std::string const& place, KafkaPlace::End end);

}  // namespace tessera::feed
