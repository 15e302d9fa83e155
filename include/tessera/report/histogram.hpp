#pragma once
#include <cstdint>
#include <vector>

namespace tessera::report {

/// Exact counts of whole numbers in fixed buckets, as Prometheus wants them: flat in memory, whatever comes.
class Histogram {
  public:
    /// Shapes: bounds ascend. A bucket holds what lies above the bound before it, up to its own, included; one more
    /// bucket holds what lies above all.
    explicit Histogram(std::vector<std::int64_t> bounds);

    /// Local. Counts a value.
    void add(std::int64_t value);

    std::vector<std::int64_t> const& bounds() const { return bounds_; }
    /// One a bucket, not cumulative. Shape: bounds + 1.
    std::vector<std::uint64_t> const& counts() const { return counts_; }
    /// Local. Number of values.
    std::uint64_t count() const;
    std::int64_t sum() const { return sum_; }

  private:
    std::vector<std::int64_t> bounds_;
    std::vector<std::uint64_t> counts_;
    std::int64_t sum_ = 0;
};

/// Local. For nanoseconds: bounds of 10, 25, 50, 100 us and so on to 10 s.
Histogram duration_histogram();
/// Local. For numbers of things: bounds of 1, 4, 16 and so on to 65,536.
Histogram size_histogram();

}  // namespace tessera::report
