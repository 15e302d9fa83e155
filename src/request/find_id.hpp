#pragma once
#include <string>
#include <string_view>

namespace tessera::request {

/// Local. The id of a line that is no JSON, as JSON text: the value behind the first `"id":` that stands directly in
/// the outermost object, if it is a whole string or a whole number. Empty where there is none to be found.
std::string find_id(std::string_view broken_line);

}  // namespace tessera::request
