#pragma once
#include <string>
#include <string_view>

#include "tessera/web/target.hpp"

namespace tessera::web {

/// Local. The request as JSON that a query string means: of "at=-73.98,40.75&k=10" and "nearest"
/// {"op":"nearest","at":[-73.98,40.75],"k":10}. What the members mean, and whether there are such, is for its reader to
/// say. Throws core::UsageError for a value that cannot be written down as what the member holds.
std::string request_text(std::string_view operation, Query const& query);

}  // namespace tessera::web
