#pragma once
#include <cstdint>
#include <vector>

#include "tessera/query/window_counts.hpp"

namespace tessera::query {

/// Some windows of a replay, asked for while it plays: their counts, and where some of their trips are.
struct LiveQuestion {
    Filter filter;  ///< its times cut windows that begin before them or end after them
    WindowGrid grid;
    std::uint64_t first = 0;  ///< window
    std::uint32_t windows = 1;
    std::uint32_t points = 0;  ///< of each window, at most
};

/// A trip of a window, as a point at the end that the filter is about.
struct LivePoint {
    std::uint64_t lot;  ///< who is shown: the trips that have drawn the lowest; no two have the same
    geo::Point at;

    friend bool operator<(LivePoint const& a, LivePoint const& b) { return a.lot < b.lot; }
    friend bool operator==(LivePoint const&, LivePoint const&) = default;
};

struct LiveWindow {
    WindowCounts counts;
    std::vector<LivePoint> points;  ///< ascending

    friend bool operator==(LiveWindow const&, LiveWindow const&) = default;
};

/// Local. The lot that the trip of a line of a file draws: it looks random, but is always the same.
std::uint64_t draw_lot(core::FileId file, core::LineNumber line);

/// Local, OpenMP. The windows that are asked for. Shape: all columns are loaded.
std::vector<LiveWindow> count_live_windows(geo::LoadedTiles const& loaded, LiveQuestion const& question);

/// Local. The window over both, of which no tile has trips in both.
LiveWindow merge(LiveWindow a, LiveWindow const& b, LiveQuestion const& question);

}  // namespace tessera::query
