#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/core/trip_table.hpp"

namespace tessera::tiling {

/// Rows grouped by a number: group g is order[first[g]] to order[first[g + 1] - 1], its rows in ascending order.
struct Grouping {
    std::vector<std::uint32_t> order;
    std::vector<std::uint64_t> first;
};

/// Local. Groups rows by their number, 0 <= number < groups: a stable counting sort. Throws core::DataError for 2^32
/// rows or more on one rank.
Grouping group(std::span<std::uint32_t const> number_of_row, std::size_t groups);

/// Local, OpenMP. Sorts the rows of each group by (pick-up time, file, line).
void sort_groups(Grouping& grouping, core::TripTable const& trips);

/// Local, OpenMP. values[order[0]], values[order[1]], ...
template <class T>
std::vector<T> gather(std::vector<T> const& values, std::vector<std::uint32_t> const& order) {
    std::vector<T> gathered(order.size());
#pragma omp parallel for schedule(static)
    for (std::size_t i = 0; i < order.size(); ++i)
        gathered[i] = values[order[i]];
    return gathered;
}

}  // namespace tessera::tiling
