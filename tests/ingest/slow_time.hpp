#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "tessera/core/units.hpp"

namespace tessera::ingest::testing {

/// Local. The time of any form of FORMATS.md, by patterns, and by counting days one year and month after the other.
std::optional<core::WallTime> slow_time(std::string const& text);

/// Local. The time that an option or a request gives: "2014-04-01T08:00:00", without seconds, or a date; in seconds
/// since 1970.
std::optional<std::uint32_t> slow_wall_time(std::string const& text);

}  // namespace tessera::ingest::testing
