#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace tessera::ingest {

/// Local. The decimal number `text` times 10^scale, rounded half away from zero, in exact integer arithmetic:
/// "0.69999999999999996" at scale 2 is 70. Forms: an optional sign, digits with an optional point (".81", "5."), an
/// optional exponent ("8.9999999999999997E-2"). Nothing when it is no such number or does not fit 62 bits.
/// Shapes: 0 <= scale <= 9.
std::optional<std::int64_t> parse_decimal(std::string_view text, int scale);

}  // namespace tessera::ingest
