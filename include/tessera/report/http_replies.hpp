#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tessera/report/histogram.hpp"

namespace tessera::report {

/// What a service's paths are to those who count: a few, whatever is asked for.
enum class HttpHandler : std::uint8_t {
    requests,
    nearest,
    range,
    aggregate,
    info,
    tiles,
    events,
    metrics,
    page,
    health,
    other  ///< paths that are not there, and what is no request
};
inline constexpr std::size_t http_handler_count = 11;

/// Local. "requests", "nearest", ...
std::string_view name_of(HttpHandler handler);
/// Local. Who deals with a path: "/api/nearest" is nearest's.
HttpHandler handler_of(std::string_view path);

/// Statuses that are sent, so that each has its place from the start.
inline constexpr std::array http_statuses{200, 303, 304, 400, 401, 403, 404, 405, 408, 413, 431, 500, 503};

/// Replies by who gave them and how. Flat in memory for any number of them.
class HttpReplies {
  public:
    /// Local. Counts a reply that has been written, so long after its request came.
    void add(HttpHandler handler, int status, std::chrono::nanoseconds duration);

    /// How many; `status` is one of http_statuses, or another, for which all such are counted together.
    std::uint64_t count(HttpHandler handler, int status) const;
    Histogram const& duration_ns(HttpHandler handler) const { return of(handler).duration_ns; }

  private:
    struct OfHandler {
        std::array<std::uint64_t, http_statuses.size() + 1> statuses{};  ///< the last: of any other
        Histogram duration_ns = duration_histogram();
    };
    OfHandler const& of(HttpHandler handler) const { return handlers_[static_cast<std::size_t>(handler)]; }

    std::array<OfHandler, http_handler_count> handlers_;
};

}  // namespace tessera::report
