#include "tessera/feed/sink.hpp"

namespace tessera::feed {

bool is_kafka_place(std::string_view place) {
    return place.starts_with("kafka://");
}

}  // namespace tessera::feed
