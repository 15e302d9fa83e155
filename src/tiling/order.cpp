#include "tessera/tiling/order.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "tessera/core/error.hpp"

namespace tessera::tiling {
namespace {

/// What decides a trip's place in its tile, side by side, so that sorting does not jump between columns.
struct Entry {
    core::WallTime time;
    core::LineNumber line;
    core::FileId file;
    std::uint32_t row;
    friend bool operator<(Entry const& a, Entry const& b) {
        return std::tie(a.time, a.file, a.line) < std::tie(b.time, b.file, b.line);
    }
};

}  // namespace

Grouping group(std::span<std::uint32_t const> number_of_row, std::size_t groups) {
    if (number_of_row.size() > std::numeric_limits<std::uint32_t>::max())
        throw core::DataError("more than 2^32 trips on one rank; start more ranks");
    Grouping grouping{std::vector<std::uint32_t>(number_of_row.size()), std::vector<std::uint64_t>(groups + 1, 0)};
    for (std::uint32_t const number : number_of_row)
        ++grouping.first[number + 1];
    for (std::size_t g = 0; g < groups; ++g)
        grouping.first[g + 1] += grouping.first[g];
    auto next = grouping.first;
    for (std::size_t row = 0; row < number_of_row.size(); ++row)
        grouping.order[next[number_of_row[row]]++] = static_cast<std::uint32_t>(row);
    return grouping;
}

void sort_groups(Grouping& grouping, core::TripTable const& trips) {
    std::size_t const groups = grouping.first.size() - 1;
#pragma omp parallel
    {
        std::vector<Entry> entries;
#pragma omp for schedule(dynamic, 64)
        for (std::size_t g = 0; g < groups; ++g) {
            std::size_t const begin = grouping.first[g], end = grouping.first[g + 1];
            entries.clear();
            for (std::size_t i = begin; i < end; ++i) {
                std::uint32_t const row = grouping.order[i];
                entries.push_back({trips.pickup_time[row], trips.line[row], trips.file[row], row});
            }
            std::sort(entries.begin(), entries.end());
            for (std::size_t i = begin; i < end; ++i)
                grouping.order[i] = entries[i - begin].row;
        }
    }
}

}  // namespace tessera::tiling
