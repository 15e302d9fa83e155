#pragma once
#include <string>

#include "tessera/query/window_counts.hpp"

namespace tessera::report {

/// Local. A window of a replay as a JSON object on one line, without the line's end. A tile's box is that of its cell,
/// in degrees; `milliseconds_behind` is how late it comes.
void append_window_json(std::string& text, core::WallTime from, core::WallTime to, query::WindowCounts const& counts,
                        std::int64_t milliseconds_behind);

}  // namespace tessera::report
