#include "tessera/tiling/order.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "tessera/core/error.hpp"
#include "tessera/core/exception_keeper.hpp"

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
        throw core::DataError("2^32 trips or more on one rank; start more ranks");
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
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        std::vector<Entry> entries;
#pragma omp for schedule(dynamic, 64)
        for (std::size_t g = 0; g < groups; ++g)
            keeper.run([&] {
                auto const rows =
                    std::span(grouping.order).subspan(grouping.first[g], grouping.first[g + 1] - grouping.first[g]);
                entries.clear();
                for (std::uint32_t const row : rows)
                    entries.push_back({trips.pickup_time[row], trips.line[row], trips.file[row], row});
                std::sort(entries.begin(), entries.end());
                std::transform(entries.begin(), entries.end(), rows.begin(),
                               [](Entry const& entry) { return entry.row; });
            });
    }
    keeper.rethrow();
}

}  // namespace tessera::tiling
