#pragma once
#include <string_view>
#include <vector>

#include "tessera/query/filter.hpp"
#include "tessera/request/read_request.hpp"
#include "tessera/web/target.hpp"

namespace tessera::desk {

/// Local. The filter of a query string, in the words of requests ("from", "source", ...), beside which it may have
/// those `other` names, each name once. Throws core::UsageError.
query::Filter read_filter(request::RequestReader& reader, web::Query const& query,
                          std::vector<std::string_view> const& other);

}  // namespace tessera::desk
