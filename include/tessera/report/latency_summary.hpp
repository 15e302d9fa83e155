#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <string>

#include "tessera/query/sketch.hpp"
#include "tessera/report/request_metrics.hpp"
#include "tessera/request/cost.hpp"

namespace tessera::report {

/// How long requests took, for people. Flat in memory for any number of them: counts, sums and the longest time are
/// exact, percentiles are off by at most 1 % (query::Sketch, in nanoseconds).
class LatencySummary {
  public:
    /// Local. Counts a request that has been dealt with.
    void add(request::Answered const& answered);

    /// Local. Requests a second, and a table: requests, errors, latency and work in microseconds, by operation; then
    /// what errors there were. Each line ends with a line feed. `elapsed` is the time in which they were answered.
    std::string text(std::chrono::nanoseconds elapsed) const;

  private:
    struct Times {
        query::Sketch ns;
        std::uint64_t sum_ns = 0;
        std::uint64_t longest_ns = 0;
        void add(std::chrono::nanoseconds time);
        void merge(Times const& other);
        void append_cells(std::vector<std::string>& row) const;
    };
    struct OfOperation {
        std::array<std::uint64_t, request::outcome_count> outcomes{};
        Times latency, work;
        std::uint64_t requests() const;
        void merge(OfOperation const& other);
        std::vector<std::string> row(std::string_view name) const;
    };
    std::array<OfOperation, operation_kinds> operations_;
};

}  // namespace tessera::report
