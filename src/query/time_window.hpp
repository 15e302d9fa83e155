#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>

#include "block_kernels.hpp"
#include "tessera/query/filter.hpp"

namespace tessera::query {

/// A filter's window as a first time and a length, so that one unsigned comparison tells whether a time is inside.
class TimeWindow {
  public:
    explicit TimeWindow(Filter const& filter) {
        std::uint64_t const from = filter.from ? filter.from->count : 0;
        std::uint64_t const to = filter.to ? filter.to->count : std::uint64_t{1} << 32;
        first_ = static_cast<std::uint32_t>(from);
        empty_ = to <= from;
        last_offset_ = empty_ ? 0 : static_cast<std::uint32_t>(to - from - 1);
    }
    bool empty() const { return empty_; }
    /// Shape: not empty.
    bool has(core::WallTime time) const { return time.count - first_ <= last_offset_; }

    /// Which of the 2^16 seconds from `start` on are inside; nothing where none is. Shape: not empty.
    std::optional<Steps> seconds_since(core::WallTime start) const {
        std::uint64_t const begin = start.count, last_there = begin + 0xffff;
        std::uint64_t const first = std::max<std::uint64_t>(first_, begin);
        std::uint64_t const last = std::min(std::uint64_t{first_} + last_offset_, last_there);
        if (first > last) return std::nullopt;
        return Steps{static_cast<std::uint16_t>(first - begin), static_cast<std::uint16_t>(last - first)};
    }

  private:
    std::uint32_t first_ = 0;
    std::uint32_t last_offset_ = 0;
    bool empty_ = false;
};

}  // namespace tessera::query
