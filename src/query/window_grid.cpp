#include "tessera/query/window_grid.hpp"

namespace tessera::query {

WindowGrid make_window_grid(core::WallTime first, core::WallTime last, std::uint32_t every_seconds) {
    std::uint32_t const in_day = first.count % core::seconds_per_day;
    core::WallTime const start{first.count - in_day % every_seconds};
    return {start, every_seconds, std::uint64_t{(last.count - start.count) / every_seconds} + 1};
}

}  // namespace tessera::query
