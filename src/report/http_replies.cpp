#include "tessera/report/http_replies.hpp"

#include <algorithm>
#include <utility>

namespace tessera::report {
namespace {

constexpr std::array<std::string_view, http_handler_count> names{
    "requests", "nearest", "range", "aggregate", "info", "tiles", "events", "metrics", "page", "health", "other"};

/// A status' place; of those that are not listed, the one behind the others.
std::size_t place_of(int status) {
    return static_cast<std::size_t>(std::find(http_statuses.begin(), http_statuses.end(), status) -
                                    http_statuses.begin());
}

}  // namespace

std::string_view name_of(HttpHandler handler) {
    return names[static_cast<std::size_t>(handler)];
}

HttpHandler handler_of(std::string_view path) {
    constexpr std::array<std::pair<std::string_view, HttpHandler>, 11> paths{{
        {"/api/nearest", HttpHandler::nearest},
        {"/api/requests", HttpHandler::requests},
        {"/api/range", HttpHandler::range},
        {"/api/aggregate", HttpHandler::aggregate},
        {"/api/info", HttpHandler::info},
        {"/events", HttpHandler::events},
        {"/metrics", HttpHandler::metrics},
        {"/healthz", HttpHandler::health},
        {"/readyz", HttpHandler::health},
        {"/", HttpHandler::page},
        {"/openapi.json", HttpHandler::page},
    }};
    if (path.starts_with("/tiles/")) return HttpHandler::tiles;
    if (path.starts_with("/page/")) return HttpHandler::page;
    for (auto const& [known, handler] : paths)
        if (path == known) return handler;
    return HttpHandler::other;
}

void HttpReplies::add(HttpHandler handler, int status, std::chrono::nanoseconds duration) {
    OfHandler& mine = handlers_[static_cast<std::size_t>(handler)];
    ++mine.statuses[place_of(status)];
    mine.duration_ns.add(duration.count());
}

std::uint64_t HttpReplies::count(HttpHandler handler, int status) const {
    return of(handler).statuses[place_of(status)];
}

}  // namespace tessera::report
