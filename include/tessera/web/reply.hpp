#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tessera::web {

/// What a client gets. The headers that every answer has are added on the way.
struct Reply {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;  ///< beside the usual ones
};

/// Local. An error as JSON: {"error":{"code":"not_found","message":"..."}}.
Reply make_error(int status, std::string_view code, std::string_view message);
/// Local. As above, for a service that is too busy at the moment: 503 with Retry-After.
Reply make_busy(std::string_view message);
/// Local. A line of text.
Reply make_text(int status, std::string text);

/// Local. "Not Found" of 404; empty for a status that nobody here sends.
std::string_view reason_of(int status);

}  // namespace tessera::web
