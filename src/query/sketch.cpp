#include "tessera/query/sketch.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tessera::query {
namespace {

double middle_of_magnitude(std::int32_t bin) {
    if (bin < static_cast<std::int32_t>(exact_below)) return bin;
    int const octave = bin / bins_per_octave - 1;
    std::int32_t const leading = bin - octave * bins_per_octave;
    double const width = std::ldexp(1.0, octave);
    return leading * width + (width - 1) / 2;
}

}  // namespace

double middle_of_bin(std::int32_t bin) {
    return bin < 0 ? -middle_of_magnitude(-bin) : middle_of_magnitude(bin);
}

std::uint64_t& Sketch::count_of(std::int32_t bin) {
    if (counts_.empty()) first_bin_ = bin;
    if (bin < first_bin_) {
        counts_.insert(counts_.begin(), static_cast<std::size_t>(first_bin_ - bin), 0);
        first_bin_ = bin;
    }
    auto const index = static_cast<std::size_t>(bin - first_bin_);
    if (index >= counts_.size()) counts_.resize(index + 1);
    return counts_[index];
}

void Sketch::add(std::int64_t value, std::uint64_t times) {
    if (times > 0) count_of(bin_of(value)) += times;
}

void Sketch::merge(Sketch const& other) {
    if (other.counts_.empty()) return;
    auto const last = other.first_bin_ + static_cast<std::int32_t>(other.counts_.size()) - 1;
    count_of(other.first_bin_);
    count_of(last);
    std::uint64_t* const mine = counts_.data() + (other.first_bin_ - first_bin_);
    for (std::size_t i = 0; i < other.counts_.size(); ++i)
        mine[i] += other.counts_[i];
}

double Sketch::percentile(double share) const {
    std::uint64_t const n = count();
    auto const rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(n)));
    std::uint64_t const wanted = std::clamp<std::uint64_t>(rank, 1, n);
    std::uint64_t seen = 0;
    std::int32_t bin = first_bin_;
    for (std::uint64_t const count : counts_) {
        seen += count;
        if (seen >= wanted) break;
        ++bin;
    }
    return middle_of_bin(bin);
}

std::uint64_t Sketch::count() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

Sketch Sketch::from_bins(std::int32_t first_bin, std::vector<std::uint64_t> counts) {
    Sketch sketch;
    if (counts.empty()) return sketch;
    sketch.first_bin_ = first_bin;
    sketch.counts_ = std::move(counts);
    return sketch;
}

}  // namespace tessera::query
