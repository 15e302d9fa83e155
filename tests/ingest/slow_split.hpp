#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tessera::ingest::testing {

/// Local. The text without blanks, tabs and carriage returns around it.
std::string slow_trim(std::string text);

/// Local. All fields of a line, one character after the other.
std::vector<std::string> slow_split(std::string_view line);

}  // namespace tessera::ingest::testing
