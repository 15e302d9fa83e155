#pragma once
#include <chrono>
#include <string>

#include "tessera/query/window_counts.hpp"

namespace tessera::report {

/// Local. A window of a replay as a JSON object on one line, without the line's end. A tile's box is that of its cell,
/// in degrees; `behind` is how late it comes, not negative.
void append_window_json(std::string& text, core::WallTime from, core::WallTime to, query::WindowCounts const& counts,
                        std::chrono::milliseconds behind);

}  // namespace tessera::report
