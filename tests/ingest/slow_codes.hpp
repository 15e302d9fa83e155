#pragma once
#include <cstdint>
#include <string>

namespace tessera::ingest::testing {

// The commission's codes for what a file says; 0 where it says nothing that is known.

/// Local. Numbers, or the words of any year.
std::uint8_t slow_payment(std::string const& text);
std::uint8_t slow_rate(std::string const& text);
std::uint8_t slow_taxi_vendor(std::string const& text);
/// Local. 10 to 14 for the bases of 2014, 15 for any other.
std::uint8_t slow_uber_vendor(std::string const& text);

/// Local. Without capital letters.
std::string slow_lower(std::string text);

}  // namespace tessera::ingest::testing
