#pragma once
#include <optional>
#include <string_view>

#include "tessera/core/units.hpp"

namespace tessera::ingest {

/// Local. Reads the publishers' times:
///   2014-04-01 08:00:00   2014-04-01T08:00:00[.000]   2014/4/1 08:00:00   (year first)
///   4/1/2014 8:00:00      04/01/2014 08:00:00 AM      04-01-14 8:00       (month first; two-digit years are 20xx)
/// Nothing when there is no such time, or it is not after 1970-01-01T00:00:00. The first form is the quick one.
std::optional<core::WallTime> parse_timestamp(std::string_view text);

}  // namespace tessera::ingest
