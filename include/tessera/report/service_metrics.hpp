#pragma once
#include <cstdint>

#include "tessera/report/histogram.hpp"
#include "tessera/report/http_replies.hpp"

// What `serve` tells of itself beside what all commands that answer requests tell.
namespace tessera::report {

/// A number of things at the moment, and how many there may be.
struct Gauge {
    std::uint64_t now = 0;
    std::uint64_t most = 0;
};

/// How the HTTP server is doing, and what it has done.
struct HttpMetrics {
    bool ready = false;  ///< it has its store, and has not been told to end
    Gauge connections;
    Gauge calls;               ///< not yet answered in full
    Gauge streams;             ///< of events
    Gauge held_bytes;          ///< of bodies and answers on their way
    std::uint64_t queued = 0;  ///< calls that nobody has begun to deal with
    std::uint64_t accepted = 0;
    std::uint64_t evicted = 0;
    std::uint64_t timed_out = 0;
    std::uint64_t refused = 0;
    std::uint64_t unread = 0;  ///< replies that their client did not take to the end
    std::uint64_t received_bytes = 0;
    std::uint64_t sent_bytes = 0;
    HttpReplies replies;
};

/// Replays that are sent as events.
struct StreamMetrics {
    std::uint64_t started = 0;
    std::uint64_t finished = 0;  ///< to their last window; the others were left by their clients, or go on
    std::uint64_t windows = 0;   ///< sent
    std::uint64_t trips = 0;     ///< in them
    Histogram late_ns = duration_histogram();  ///< from when a window was due until it was handed over
};

/// Map tiles.
struct MapMetrics {
    std::uint64_t drawn = 0;         ///< from trips
    std::uint64_t blank = 0;         ///< where no trip can be: nothing was counted
    std::uint64_t not_modified = 0;  ///< the client had it: 304
    std::uint64_t failed = 0;
    std::uint64_t bytes = 0;                   ///< of pictures that were handed over
    std::uint64_t scales = 0;                  ///< colour scales that had to be made
    std::uint64_t rows = 0;                    ///< looked at, over all ranks
    Histogram draw_ns = duration_histogram();  ///< from when all ranks began one until it was handed over
};

}  // namespace tessera::report
