#include "kafka.hpp"
#include "tessera/core/error.hpp"

// In the place of all other kafka_*.cpp, where there is no librdkafka.
namespace tessera::feed {
namespace {

[[noreturn]] void tell_how_to_get_it(KafkaPlace const& place) {
    throw core::UsageError("this tessera was built without Kafka and cannot reach '" + place.name +
                           "'; install librdkafka-dev (Debian), configure with -DTESSERA_KAFKA=ON and build again");
}

}  // namespace

std::unique_ptr<Source> open_kafka_source(KafkaPlace const& place, SourceOptions const&, StopSignal const&) {
    tell_how_to_get_it(place);
}

std::unique_ptr<Sink> open_kafka_sink(KafkaPlace const& place) {
    tell_how_to_get_it(place);
}

void check_kafka_properties(KafkaPlace const& place) {
    tell_how_to_get_it(place);
}

}  // namespace tessera::feed
