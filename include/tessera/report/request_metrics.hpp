#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tessera/report/histogram.hpp"
#include "tessera/request/cost.hpp"

namespace tessera::report {

/// The requests of a run, by operation; those whose line does not say which have a place of their own behind the
/// others.
inline constexpr std::size_t operation_kinds = request::operation_count + 1;

/// Local. An operation's place among them.
constexpr std::size_t kind_of(std::optional<request::Operation> operation) {
    return operation ? static_cast<std::size_t>(*operation) : request::operation_count;
}
/// Local. "nearest", "range", "aggregate"; "unknown" for the last place.
std::string_view name_of_kind(std::size_t kind);

/// What has been asked and what it cost. Flat in memory for any number of requests.
struct RequestMetrics {
    struct OfOperation {
        std::array<std::uint64_t, request::outcome_count> outcomes{};
        Histogram latency_ns = duration_histogram();  ///< queue and work
        Histogram work_ns = duration_histogram();
        std::uint64_t tiles = 0;
        std::uint64_t rows = 0;
    };
    std::array<OfOperation, operation_kinds> operations;
    Histogram queue_ns = duration_histogram();
    Histogram batch_requests = size_histogram();
    std::uint64_t answer_bytes = 0;

    /// Local. Counts a request that has been dealt with.
    void add(request::Answered const& answered);
    /// Local. Counts a batch of so many requests, and the bytes of its answers.
    void add_batch(std::uint64_t requests, std::uint64_t bytes);
};

}  // namespace tessera::report
