#pragma once
#include <cstdint>
#include <string>

#include "tessera/core/units.hpp"

/// Numbers as text: the same characters in CSV, JSON and GeoJSON, in any locale, and never "-0".
namespace tessera::report {

/// Local. "-12".
void append_integer(std::string& text, std::int64_t value);
/// Local. "18446744073709551615".
void append_count(std::string& text, std::uint64_t value);
/// Local. Cents as dollars, hundredths of a mile as miles; always two decimals: 250 gives "2.50", -5 gives "-0.05".
void append_hundredths(std::string& text, std::int64_t hundredths);
/// Local. Units of 1e-7 degree as degrees, up to seven decimals without trailing zeros: "-73.9857".
/// (64 bits, for a cell's far edge lies one unit beyond what an angle may hold.)
void append_degrees(std::string& text, std::int64_t angle);
/// Local. Metres with three decimals: "3.200".
void append_metres(std::string& text, double metres);
/// Local. A finite number rounded to so many decimals, without trailing zeros: "12.345679", "3".
void append_rounded(std::string& text, double value, int decimals);
/// Local. A known time: "2014-04-01T08:00:00".
void append_time(std::string& text, core::WallTime time);
/// Local. For people: "564,516".
std::string with_separators(std::uint64_t value);

}  // namespace tessera::report
