#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tessera::feed {

using Clock = std::chrono::steady_clock;

/// Bytes after a message's text that may be read, though they mean nothing: what a JSON parser that works in wide
/// registers asks for.
inline constexpr std::size_t padding_bytes = 64;

/// One request as it arrived: a line without its end, or the value of a Kafka message.
struct Message {
    std::string_view text;     ///< the first bytes of it where it is too long; followed by `padding_bytes`
    std::uint64_t number = 0;  ///< from 1: its line, blank lines counted, or its place among the messages taken
    Clock::time_point arrived{};
    bool too_long = false;
};

}  // namespace tessera::feed
