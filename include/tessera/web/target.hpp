#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tessera::web {

/// Names and values of a query string, decoded, in its order.
using Query = std::vector<std::pair<std::string, std::string>>;

/// What a request asks for: "/api/nearest?k=10".
struct Target {
    std::string path;  ///< "/api/nearest", decoded
    Query query;
};

/// Local. Reads the target of a request. Nothing where it is none: no path from the root, a bad escape, a control
/// character, or "..", which nobody here has a use for.
std::optional<Target> read_target(std::string_view text);

/// Local. The value of a name that is to be there once at most; nothing where it is not there.
std::optional<std::string> find_value(Query const& query, std::string_view name);

/// Local. Throws core::UsageError for a name that is not among the known, or that comes twice.
void require_names(Query const& query, std::vector<std::string_view> const& known);

}  // namespace tessera::web
