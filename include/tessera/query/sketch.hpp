#pragma once
#include <cstdint>
#include <vector>

namespace tessera::query {

/// Counts of integers in fixed bins whose width is at most 1/64 of their values (integers below 128 have a bin each),
/// so that a percentile's value, taken as the middle of its bin, is off by at most 1/128 < 1 %. Bins do not depend on
/// the data: sketches of parts add up to the sketch of the whole, exactly.
class Sketch {
  public:
    /// Local. Counts a value. Shape: times of all calls add up to less than 2^64.
    void add(std::int64_t value, std::uint64_t times = 1);
    /// Local. Adds the counts of another part.
    void merge(Sketch const& other);

    /// Local. The value of rank ceil(share * n), 1 <= rank <= n, up to half a bin. Shapes: 0 < share <= 1, n > 0.
    double percentile(double share) const;
    /// Local. Number of values.
    std::uint64_t count() const;

    /// The touched run of bins: its first number, and the counts. This is all there is to send.
    std::int32_t first_bin() const { return first_bin_; }
    std::vector<std::uint64_t> const& counts() const { return counts_; }
    /// Local. The sketch with that touched run (no counts: the sketch of nothing).
    static Sketch from_bins(std::int32_t first_bin, std::vector<std::uint64_t> counts);

    friend bool operator==(Sketch const&, Sketch const&) = default;

  private:
    /// The count of a bin, which becomes part of the touched run.
    std::uint64_t& count_of(std::int32_t bin);

    std::int32_t first_bin_ = 0;
    std::vector<std::uint64_t> counts_;
};

/// Local. The bin of an integer: odd in the value, ascending.
std::int32_t bin_of(std::int64_t value);
/// Local. The middle of a bin.
double middle_of_bin(std::int32_t bin);

}  // namespace tessera::query
