#pragma once
#include <string>
#include <string_view>

namespace tessera::report {

/// Local. A CSV field in quotation marks, its own doubled (RFC 4180); all other bytes stay as they are.
std::string quote_csv(std::string_view field);
/// Local. A CSV field, in quotation marks only where it needs them.
std::string csv_field(std::string_view field);
/// Local. A JSON string with its quotation marks; bytes that are not UTF-8 become U+FFFD.
std::string quote_json(std::string_view value);
/// Local. The text; bytes that are not UTF-8 become U+FFFD.
std::string replace_bad_utf8(std::string_view text);

}  // namespace tessera::report
