#include "tessera/query/live_windows.hpp"

#include <algorithm>
#include <span>

namespace tessera::query {
namespace {

/// The lowest lots, in order.
void keep_lowest(std::vector<LivePoint>& points, std::size_t most) {
    auto const kept = static_cast<std::ptrdiff_t>(std::min(points.size(), most));
    std::partial_sort(points.begin(), points.begin() + kept, points.end());
    points.resize(static_cast<std::size_t>(kept));
}

std::vector<LivePoint> points_of(core::TripTable const& trips, std::span<std::uint32_t const> rows,
                                 LiveQuestion const& question) {
    std::vector<LivePoint> points;
    if (question.points == 0) return points;
    for (std::uint32_t const row : rows) {
        geo::Point const at = end_of(trips, question.filter.on, row);
        if (is_known(at)) points.push_back({draw_lot(trips.file[row], trips.line[row]), at});
    }
    keep_lowest(points, question.points);
    return points;
}

}  // namespace

std::uint64_t draw_lot(core::FileId file, core::LineNumber line) {
    // Steps that can each be undone, so that different lines draw different lots (the finalizer of MurmurHash3).
    std::uint64_t lot = std::uint64_t{file.count} << 32U | line.count;
    lot = (lot ^ lot >> 33U) * 0xff51afd7ed558ccdU;
    lot = (lot ^ lot >> 33U) * 0xc4ceb9fe1a85ec53U;
    return lot ^ lot >> 33U;
}

std::vector<LiveWindow> count_live_windows(geo::LoadedTiles const& loaded, LiveQuestion const& question) {
    Filter filter = question.filter;
    // The first window may begin before the filter does, the last one end after it.
    core::WallTime const first = question.grid.from(question.first);
    core::WallTime const last = question.grid.to(question.first + question.windows - 1);
    filter.from = std::max(filter.from.value_or(first), first);
    filter.to = std::min(filter.to.value_or(last), last);
    TimeOrder const order = order_by_time(loaded, filter, Ties::by_row);
    WindowCounter const counter(loaded, order);
    auto counts = counter.count(question.grid, question.first, question.windows);
    std::vector<LiveWindow> windows(question.windows);
    for (std::uint32_t i = 0; i < question.windows; ++i) {
        RowRange const places = counter.places(question.grid, question.first + i, 1);
        windows[i] = {
            std::move(counts[i]),
            points_of(loaded.trips, std::span(order).subspan(places.first, places.last - places.first), question)};
    }
    return windows;
}

LiveWindow merge(LiveWindow a, LiveWindow const& b, LiveQuestion const& question) {
    a.counts = merge(std::move(a.counts), b.counts);
    a.points.insert(a.points.end(), b.points.begin(), b.points.end());
    keep_lowest(a.points, question.points);
    return a;
}

}  // namespace tessera::query
