#pragma once
#include <cstdint>
#include <limits>

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

  private:
    std::uint32_t first_ = 0;
    std::uint32_t last_offset_ = 0;
    bool empty_ = false;
};

}  // namespace tessera::query
