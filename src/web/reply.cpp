#include "tessera/web/reply.hpp"

#include <fmt/format.h>

#include "tessera/report/quote.hpp"

namespace tessera::web {

Reply make_error(int status, std::string_view code, std::string_view message) {
    Reply reply;
    reply.status = status;
    reply.body = fmt::format("{{\"error\":{{\"code\":\"{}\",\"message\":{}}}}}\n", code, report::quote_json(message));
    return reply;
}

Reply make_busy(std::string_view message) {
    Reply reply = make_error(503, "busy", message);
    reply.headers.emplace_back("Retry-After", "1");
    return reply;
}

Reply make_text(int status, std::string text) {
    return {status, "text/plain; charset=utf-8", std::move(text), {}};
}

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 413:
            return "Content Too Large";
        case 417:
            return "Expectation Failed";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return {};
    }
}

}  // namespace tessera::web
