#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace tessera::ingest::testing {

/// Local. What parse_decimal means, by moving the point in the text and cutting it there. At most 18 digits are left
/// before the point; exponents beyond 400 are no numbers.
std::optional<std::int64_t> slow_decimal(std::string const& text, int scale);

}  // namespace tessera::ingest::testing
