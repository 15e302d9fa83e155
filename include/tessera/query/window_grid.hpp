#pragma once
#include <cstdint>

#include "tessera/core/civil_time.hpp"

namespace tessera::query {

/// Longest window: what begins before the end of 2105 then ends within what a WallTime holds.
inline constexpr std::uint32_t longest_window_seconds = 31 * core::seconds_per_day;

/// Windows of equal length that follow each other without a gap. Half-open: from(i) <= t < to(i).
struct WindowGrid {
    core::WallTime start{};           ///< of the first window
    std::uint32_t every_seconds = 1;  ///< length of each
    std::uint64_t windows = 0;

    core::WallTime from(std::uint64_t window) const {
        return {start.count + static_cast<std::uint32_t>(window * every_seconds)};
    }
    core::WallTime to(std::uint64_t window) const { return from(window + 1); }
};

/// Local. The windows from the one that holds `first` to the one that holds `last`. They begin at multiples of their
/// length since the midnight before `first`. Shape: first <= last, 1 <= every_seconds <= longest_window_seconds.
WindowGrid make_window_grid(core::WallTime first, core::WallTime last, std::uint32_t every_seconds);

}  // namespace tessera::query
