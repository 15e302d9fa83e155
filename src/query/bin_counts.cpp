#include "bin_counts.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "tessera/core/wide.hpp"

namespace tessera::query {

TESSERA_WIDE void find_usual_bins(std::int64_t const* values, std::size_t n, std::uint32_t* __restrict bins) {
    // A float begins with the binary exponent, and then come the digits after the leading one: just what a bin is made
    // of, when all but 6 digits are cut off.
    constexpr int cut_digits = 23 - (leading_bits - 1);
    constexpr std::uint32_t first_octave = 127 + leading_bits - 2;  // of which the bin's number is the value itself
    for (std::size_t i = 0; i < n; ++i) {
        auto const value = static_cast<std::int32_t>(values[i]);
        bool const usual = values[i] >= 0 && values[i] < BinCounts::usual_values;
        auto const digits = std::bit_cast<std::uint32_t>(static_cast<float>(value)) >> cut_digits;
        std::uint32_t const bin = value < static_cast<std::int32_t>(exact_below)
                                      ? static_cast<std::uint32_t>(value)
                                      : digits - first_octave * static_cast<std::uint32_t>(bins_per_octave);
        bins[i] = usual ? bin : BinCounts::usual_bins;
    }
}

void BinCounts::add(PerRow<std::int64_t> const& values, PerRow<std::uint32_t> const& groups, std::size_t n,
                    std::size_t count) {
    if (rest_.size() < count) {
        rest_.resize(count);
        usual_.resize(std::min(count, most_arrays) * usual_bins);
    }
    PerRow<std::uint32_t> bins;
    find_usual_bins(values.data(), n, bins.data());
    std::uint32_t* const usual = usual_.data();
    for (std::size_t i = 0; i < n; ++i) {
        if (bins[i] < usual_bins && groups[i] < most_arrays)
            ++usual[std::size_t{groups[i]} * usual_bins + bins[i]];
        else
            rest_[groups[i]].add_one(values[i]);
    }
}

Sketch BinCounts::take_sketch(std::size_t group) {
    Sketch sketch = std::move(rest_[group]);
    if (group >= most_arrays) return sketch;
    auto const first = usual_.begin() + static_cast<std::ptrdiff_t>(group * usual_bins);
    auto const is_touched = [](std::uint32_t n) { return n > 0; };
    auto const begin = std::find_if(first, first + usual_bins, is_touched);
    if (begin == first + usual_bins) return sketch;
    auto end = first + usual_bins;
    while (!is_touched(*(end - 1)))
        --end;
    sketch.merge(Sketch::from_bins(static_cast<std::int32_t>(begin - first), {begin, end}));
    return sketch;
}

}  // namespace tessera::query
