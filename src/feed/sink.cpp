#include "tessera/feed/sink.hpp"

#include "descriptor_sink.hpp"
#include "kafka.hpp"
#include "tessera/core/error.hpp"

namespace tessera::feed {

std::vector<LongLine> Sink::flush_what_fits() {
    flush();
    return {};
}

std::unique_ptr<Sink> open_sink(std::string const& place) {
    check_sink_place(place);
    if (is_kafka_place(place)) return open_kafka_sink(parse_kafka_place(place, KafkaPlace::End::sink));
    if (place == "-") return std::make_unique<StdoutSink>();
    return std::make_unique<FileSink>(place);
}

void check_sink_place(std::string const& place) {
    if (place.empty()) throw core::UsageError("the place of answers is empty; give a file, '-' or kafka://...");
    if (is_kafka_place(place)) check_kafka_properties(parse_kafka_place(place, KafkaPlace::End::sink));
}

bool is_kafka_place(std::string_view place) {
    return place.starts_with("kafka://");
}

}  // namespace tessera::feed
