#pragma once
#include <optional>
#include <string>

#include "tessera/core/units.hpp"

namespace tessera::ingest::testing {

/// Local. The time of any form of FORMATS.md, by patterns, and by counting days one year and month after the other.
std::optional<core::WallTime> slow_time(std::string const& text);

}  // namespace tessera::ingest::testing
