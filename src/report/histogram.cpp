#include "tessera/report/histogram.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tessera::report {

Histogram::Histogram(std::vector<std::int64_t> bounds) : bounds_(std::move(bounds)), counts_(bounds_.size() + 1) {}

void Histogram::add(std::int64_t value) {
    auto const bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
    ++counts_[static_cast<std::size_t>(bucket)];
    sum_ += value;
}

std::uint64_t Histogram::count() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

Histogram duration_histogram() {
    constexpr std::int64_t shortest_ns = 10'000, longest_ns = 10'000'000'000;
    std::vector<std::int64_t> bounds_ns;
    for (std::int64_t decade = shortest_ns; decade < longest_ns; decade *= 10)
        bounds_ns.insert(bounds_ns.end(), {decade, decade * 5 / 2, decade * 5});
    bounds_ns.push_back(longest_ns);
    return Histogram(std::move(bounds_ns));
}

Histogram size_histogram() {
    std::vector<std::int64_t> bounds;
    for (std::int64_t bound = 1; bound <= 65'536; bound *= 4)
        bounds.push_back(bound);
    return Histogram(std::move(bounds));
}

}  // namespace tessera::report
