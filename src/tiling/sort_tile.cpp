#include "tessera/tiling/sort_tile.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tessera::tiling {
namespace {

/// Puts the rows of a run of equal times in the order of files and lines.
void break_ties(std::span<TimedRow> rows, core::TripRows const& trips) {
    std::sort(rows.begin(), rows.end(), [&](TimedRow const& a, TimedRow const& b) {
        auto const file_a = trips.but_for_line(a.row).file, file_b = trips.but_for_line(b.row).file;
        return file_a != file_b ? file_a < file_b : trips.line(a.row) < trips.line(b.row);
    });
}

/// Sorts by time, eight bits a pass.
void sort_by_time(std::span<TimedRow> rows, std::span<TimedRow> scratch) {
    auto const [earliest, latest] =
        std::minmax_element(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.time < b.time; });
    std::uint32_t const base = earliest->time.count, span = latest->time.count - base;
    std::span<TimedRow> from = rows, to = scratch.first(rows.size());
    for (unsigned shift = 0; shift < 32 && span >> shift != 0; shift += 8) {
        std::array<std::uint32_t, 257> next{};
        auto const digit = [&](TimedRow const& row) { return ((row.time.count - base) >> shift) & 255; };
        for (TimedRow const& row : from)
            ++next[digit(row) + 1];
        for (std::size_t i = 1; i < next.size(); ++i)
            next[i] += next[i - 1];
        for (TimedRow const& row : from)
            to[next[digit(row)]++] = row;
        std::swap(from, to);
    }
    if (from.data() != rows.data()) std::copy(from.begin(), from.end(), rows.begin());
}

}  // namespace

void sort_tile(std::span<TimedRow> rows, std::span<TimedRow> scratch, core::TripRows const& trips) {
    auto const by_time = [](TimedRow const& a, TimedRow const& b) { return a.time < b.time; };
    if (!std::is_sorted(rows.begin(), rows.end(), by_time)) {
        if (rows.size() < 64)
            std::sort(rows.begin(), rows.end(), by_time);
        else
            sort_by_time(rows, scratch);
    }
    for (std::size_t begin = 0, end = 1; begin < rows.size(); begin = end++) {
        while (end < rows.size() && rows[end].time == rows[begin].time)
            ++end;
        if (end - begin > 1) break_ties(rows.subspan(begin, end - begin), trips);
    }
}

}  // namespace tessera::tiling
