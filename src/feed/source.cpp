#include "tessera/feed/source.hpp"

#include "kafka.hpp"
#include "line_source.hpp"
#include "tessera/core/error.hpp"
#include "tessera/feed/sink.hpp"

namespace tessera::feed {

std::unique_ptr<Source> open_source(std::string const& place, SourceOptions const& options, StopSignal const& stop) {
    check_source_place(place);
    if (!is_kafka_place(place)) return std::make_unique<LineSource>(place, options, stop);
    if (options.repeat != 1)
        throw core::UsageError("'" + place.substr(0, place.find('?')) + "' is a Kafka topic and cannot be read " +
                               std::to_string(options.repeat) + " times; write its messages to a file first");
    return open_kafka_source(parse_kafka_place(place, KafkaPlace::End::source), options, stop);
}

void check_source_place(std::string const& place) {
    if (place.empty()) throw core::UsageError("the place of requests is empty; give a file, '-' or kafka://...");
    if (is_kafka_place(place)) check_kafka_properties(parse_kafka_place(place, KafkaPlace::End::source));
}

}  // namespace tessera::feed
