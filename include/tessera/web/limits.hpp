#pragma once
#include <chrono>
#include <cstddef>

namespace tessera::web {

/// What strangers may ask of the server at most, so that none of them can keep it from the others.
struct Limits {
    std::size_t head_bytes = 16 * 1024;       ///< of a request's first line and its headers
    std::size_t body_bytes = 1024 * 1024;     ///< of a request's body
    std::size_t connections = 1024;           ///< open ones; then the one that has been silent for longest is closed
    std::size_t calls = 512;                  ///< not yet answered in full; then 503 with Retry-After
    std::size_t held_bytes = 256UL << 20U;    ///< of bodies and answers that are on their way; then 503 as well
    std::size_t streams = 64;                 ///< replays under way; then 503
    std::chrono::milliseconds head{10'000};   ///< from a request's first byte to the end of its headers
    std::chrono::milliseconds body{30'000};   ///< for its body
    std::chrono::milliseconds idle{75'000};   ///< between two requests of a connection
    std::chrono::milliseconds write{30'000};  ///< without a byte being taken by the client
};

}  // namespace tessera::web
