#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tessera::tiling {

/// Local. Cuts a list of weights into `runs` runs of nearly equal weight: run r holds entries [result[r], result[r+1]).
/// An entry belongs to the run in whose share of the total it starts, so that no run exceeds total / runs by more than
/// the largest weight: max / mean <= 1 + largest / mean. Runs may be empty. Shape of the result: runs + 1.
std::vector<std::size_t> cut_runs(std::span<std::uint64_t const> weights, int runs);

/// Local. The weight of each run.
std::vector<std::uint64_t> weigh_runs(std::span<std::uint64_t const> weights, std::span<std::size_t const> cuts);

}  // namespace tessera::tiling
