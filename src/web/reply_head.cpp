#include "reply_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace tessera::web {

std::string head_of(Hub& hub, Reply const& reply, std::optional<std::size_t> length, Stay stay) {
    std::string head;
    auto const out = std::back_inserter(head);
    fmt::format_to(out, "HTTP/1.1 {} {}\r\nDate: {}\r\n", reply.status, reason_of(reply.status), hub.date());
    if (reply.status != 304) {
        fmt::format_to(out, "Content-Type: {}\r\n", reply.content_type);
        if (length) fmt::format_to(out, "Content-Length: {}\r\n", *length);
    }
    bool caching = false;
    for (auto const& [name, value] : reply.headers) {
        fmt::format_to(out, "{}: {}\r\n", name, value);
        caching = caching || name == "Cache-Control";
    }
    if (!caching) head += "Cache-Control: no-store\r\n";
    head += "X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n";
    if (reply.content_type.starts_with("text/html"))
        fmt::format_to(out,
                       "Content-Security-Policy: {}\r\nReferrer-Policy: no-referrer\r\nX-Frame-Options: DENY\r\n"
                       "Cross-Origin-Opener-Policy: same-origin\r\n",
                       hub.options.content_policy);
    if (stay == Stay::yes_to_the_old) head += "Connection: keep-alive\r\n";
    if (stay == Stay::no) head += "Connection: close\r\n";
    head += "\r\n";
    return head;
}

}  // namespace tessera::web
