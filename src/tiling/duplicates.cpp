#include "tessera/tiling/duplicates.hpp"

#include <algorithm>
#include <compare>
#include <numeric>

namespace tessera::tiling {
namespace {

/// Compares all that makes two trips equal, in some order.
std::strong_ordering compare_trips(core::TripTable const& trips, std::size_t a, std::size_t b) {
    std::strong_ordering order = std::strong_ordering::equal;
    core::for_each_column([&](auto const& place) {
        if (order != 0 || place.id == core::Column::file || place.id == core::Column::line) return;
        auto const& column = trips.*place.in_table;
        order = column[a] <=> column[b];
    });
    return order;
}

/// Adds the later ones of equal trips among rows [begin, end), which are in (file, line) order.
void count_run(core::TripTable const& trips, std::size_t begin, std::size_t end, std::vector<std::size_t>& rows,
               std::vector<std::uint64_t>& counts) {
    rows.resize(end - begin);
    std::iota(rows.begin(), rows.end(), begin);
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        auto const order = compare_trips(trips, a, b);
        return order < 0 || (order == 0 && a < b);
    });
    for (std::size_t i = 1; i < rows.size(); ++i)
        if (compare_trips(trips, rows[i - 1], rows[i]) == 0) ++counts[trips.file[rows[i]].count];
}

}  // namespace

std::vector<std::uint64_t> count_duplicates(core::TripTable const& trips, std::span<std::uint64_t const> first,
                                            std::size_t files) {
    std::vector<std::uint64_t> counts(files, 0);
    std::size_t const tiles = first.empty() ? 0 : first.size() - 1;
#pragma omp parallel
    {
        std::vector<std::uint64_t> mine(files, 0);
        std::vector<std::size_t> rows;
#pragma omp for schedule(dynamic, 64) nowait
        for (std::size_t tile = 0; tile < tiles; ++tile)
            for (std::size_t begin = first[tile], end = begin; begin < first[tile + 1]; begin = end) {
                while (end < first[tile + 1] && trips.pickup_time[end] == trips.pickup_time[begin])
                    ++end;
                if (end - begin > 1) count_run(trips, begin, end, rows, mine);
            }
#pragma omp critical(tessera_duplicates)
        for (std::size_t file = 0; file < files; ++file)
            counts[file] += mine[file];
    }
    return counts;
}

}  // namespace tessera::tiling
