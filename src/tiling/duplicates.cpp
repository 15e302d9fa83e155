#include "tessera/tiling/duplicates.hpp"

#include <algorithm>
#include <compare>

#include "tessera/core/exception_keeper.hpp"

namespace tessera::tiling {
namespace {

/// Compares all that makes two trips equal, in some order.
std::strong_ordering compare_trips(core::Trip const& a, core::Trip const& b) {
    std::strong_ordering order = std::strong_ordering::equal;
    core::for_each_column([&](auto const& place) {
        if (order != 0 || place.id == core::Column::file || place.id == core::Column::line) return;
        order = a.*place.in_trip <=> b.*place.in_trip;
    });
    return order;
}

/// Adds the later ones of equal trips among some rows, which are in (file, line) order.
void count_run(core::TripRows const& trips, std::span<TimedRow const> run, std::vector<core::Trip const*>& sorted,
               std::vector<std::uint64_t>& counts) {
    sorted.clear();
    for (TimedRow const& row : run)
        sorted.push_back(&trips.but_for_line(row.row));
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](auto const* a, auto const* b) { return compare_trips(*a, *b) < 0; });
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (compare_trips(*sorted[i - 1], *sorted[i]) == 0) ++counts[sorted[i]->file.count];
}

/// Adds those of a tile: run by run of equal times.
void count_tile(core::TripRows const& trips, std::span<TimedRow const> tile, std::vector<core::Trip const*>& sorted,
                std::vector<std::uint64_t>& counts) {
    for (std::size_t begin = 0, next = 0; begin < tile.size(); begin = next) {
        while (next < tile.size() && tile[next].time == tile[begin].time)
            ++next;
        if (next - begin > 1) count_run(trips, tile.subspan(begin, next - begin), sorted, counts);
    }
}

}  // namespace

std::vector<std::uint64_t> count_duplicates(core::TripRows const& trips, std::span<TimedRow const> rows,
                                            std::span<std::uint64_t const> first, std::size_t files) {
    std::vector<std::uint64_t> counts(files, 0);
    std::size_t const tiles = first.empty() ? 0 : first.size() - 1;
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        std::vector<std::uint64_t> mine;
        std::vector<core::Trip const*> sorted;
        keeper.run([&] { mine.resize(files, 0); });
#pragma omp for schedule(dynamic, 64) nowait
        for (std::size_t tile = 0; tile < tiles; ++tile)
            keeper.run(
                [&] { count_tile(trips, rows.subspan(first[tile], first[tile + 1] - first[tile]), sorted, mine); });
#pragma omp critical(tessera_duplicates)
        for (std::size_t file = 0; file < mine.size(); ++file)
            counts[file] += mine[file];
    }
    keeper.rethrow();
    return counts;
}

}  // namespace tessera::tiling
