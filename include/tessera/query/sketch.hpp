#pragma once
#include <bit>
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
    /// Local. Counts a value once; quick where its bin has been touched.
    void add_one(std::int64_t value);
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

// Integers of 7 bits have a bin each; of longer ones, a bin holds those that agree in their 7 leading bits.
inline constexpr int leading_bits = 7;
inline constexpr std::uint64_t exact_below = std::uint64_t{1} << leading_bits;
inline constexpr std::int32_t bins_per_octave = 1 << (leading_bits - 1);

/// Local. The bin of a number that is not negative.
constexpr std::int32_t bin_of_magnitude(std::uint64_t magnitude) {
    if (magnitude < exact_below) return static_cast<std::int32_t>(magnitude);
    int const octave = static_cast<int>(std::bit_width(magnitude)) - leading_bits;
    // The leading bits run from bins_per_octave to twice that, and the first octave follows the exact bins.
    return octave * bins_per_octave + static_cast<std::int32_t>(magnitude >> octave);
}
/// Local. The bin of an integer: odd in the value, ascending.
constexpr std::int32_t bin_of(std::int64_t value) {
    auto const bits = static_cast<std::uint64_t>(value);
    return value < 0 ? -bin_of_magnitude(0 - bits) : bin_of_magnitude(bits);
}

/// Local. See the class.
inline void Sketch::add_one(std::int64_t value) {
    std::int32_t const bin = bin_of(value);
    auto const index = static_cast<std::uint64_t>(std::int64_t{bin} - first_bin_);  // huge below the first bin
    ++(index < counts_.size() ? counts_[index] : count_of(bin));
}
/// Local. The middle of a bin.
double middle_of_bin(std::int32_t bin);

}  // namespace tessera::query
