#pragma once
#include <memory>

#include "kafka_place.hpp"
#include "tessera/feed/sink.hpp"
#include "tessera/feed/source.hpp"

// What a build without librdkafka answers by saying how to get it.
namespace tessera::feed {

/// Local. Throws as `open_source` does.
std::unique_ptr<Source> open_kafka_source(KafkaPlace const& place, SourceOptions const& options,
                                          StopSignal const& stop);

/// Local. Throws as `open_sink` does.
std::unique_ptr<Sink> open_kafka_sink(KafkaPlace const& place);

/// Local. Throws core::UsageError where librdkafka does not know a property or refuses its value.
void check_kafka_properties(KafkaPlace const& place);

}  // namespace tessera::feed
