#pragma once
#include <cstdint>
#include <map>

#include "kafka_client.hpp"

namespace tessera::feed {

/// By partition, the offset after the last message that was taken.
using KafkaOffsets = std::map<std::int32_t, std::int64_t>;

/// Local. Has the brokers keep how far the group has come; returns once they do, or once the partitions have gone to
/// another member, to which the messages come again. Throws core::DataError where the brokers refuse, or are away too
/// long.
void commit_offsets(KafkaClient const& client, KafkaOffsets const& offsets);

}  // namespace tessera::feed
