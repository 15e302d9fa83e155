#pragma once
#include <cstdint>
#include <string_view>

namespace tessera::report {

/// How rows or points are written.
enum class Format : std::uint8_t { csv, json, geojson };

/// Local. The format of that name. Throws core::UsageError with the list of what there is.
Format parse_format(std::string_view name);

}  // namespace tessera::report
