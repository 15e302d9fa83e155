#include "tessera/tiling/cut_runs.hpp"

#include <algorithm>
#include <numeric>

namespace tessera::tiling {

std::vector<std::size_t> cut_runs(std::span<std::uint64_t const> weights, int runs) {
    auto const n = static_cast<std::uint64_t>(runs);
    std::uint64_t const total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    std::vector<std::size_t> cuts(n + 1, weights.size());
    cuts[0] = 0;
    std::uint64_t before = 0, run = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        // Run r's share starts at total * r / n, taken apart so that the product stays below 2^64.
        auto const start = [&](std::uint64_t r) { return total / n * r + total % n * r / n; };
        while (run + 1 < n && before >= start(run + 1))
            cuts[++run] = i;
        before += weights[i];
    }
    return cuts;
}

std::vector<std::uint64_t> weigh_runs(std::span<std::uint64_t const> weights, std::span<std::size_t const> cuts) {
    std::vector<std::uint64_t> sums;
    for (std::size_t run = 0; run + 1 < cuts.size(); ++run) {
        auto const part = weights.subspan(cuts[run], cuts[run + 1] - cuts[run]);
        sums.push_back(std::accumulate(part.begin(), part.end(), std::uint64_t{0}));
    }
    return sums;
}

}  // namespace tessera::tiling
