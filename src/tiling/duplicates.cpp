#include "tessera/tiling/duplicates.hpp"

#include <algorithm>
#include <compare>
#include <numeric>

#include "tessera/core/exception_keeper.hpp"

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

/// Adds those of a tile, rows [begin, end): run by run of equal times.
void count_tile(core::TripTable const& trips, std::size_t begin, std::size_t end, std::vector<std::size_t>& rows,
                std::vector<std::uint64_t>& counts) {
    for (std::size_t next = begin; begin < end; begin = next) {
        while (next < end && trips.pickup_time[next] == trips.pickup_time[begin])
            ++next;
        if (next - begin > 1) count_run(trips, begin, next, rows, counts);
    }
}

}  // namespace

std::vector<std::uint64_t> count_duplicates(core::TripTable const& trips, std::span<std::uint64_t const> first,
                                            std::size_t files) {
    std::vector<std::uint64_t> counts(files, 0);
    std::size_t const tiles = first.empty() ? 0 : first.size() - 1;
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        std::vector<std::uint64_t> mine;
        std::vector<std::size_t> rows;
        keeper.run([&] { mine.resize(files, 0); });
#pragma omp for schedule(dynamic, 64) nowait
        for (std::size_t tile = 0; tile < tiles; ++tile)
            keeper.run([&] { count_tile(trips, first[tile], first[tile + 1], rows, mine); });
#pragma omp critical(tessera_duplicates)
        for (std::size_t file = 0; file < mine.size(); ++file)
            counts[file] += mine[file];
    }
    keeper.rethrow();
    return counts;
}

}  // namespace tessera::tiling
