#include "tessera/desk/front.hpp"

#include <array>
#include <string_view>

#include "tessera/web/asset.hpp"

namespace tessera::desk {
namespace {

using web::Method;

bool is_answered_from_trips(std::string_view path) {
    constexpr std::array paths{"/api/requests", "/api/nearest", "/api/range", "/api/aggregate", "/api/info", "/events"};
    for (std::string_view const known : paths)
        if (path == known) return true;
    return path.starts_with("/tiles/");
}

web::Reply refuse_method(char const* allowed) {
    web::Reply reply = web::make_error(405, "method_not_allowed", std::string("this path takes ") + allowed);
    reply.headers.emplace_back("Allow", allowed);
    return reply;
}

/// A file of the page. Its name never changes, but its content does with the program, so that browsers ask each time.
web::Reply reply_asset(web::Asset const& asset, std::string const& none_match) {
    web::Reply reply{200, std::string(asset.content_type), {}, {}};
    reply.headers.emplace_back("ETag", asset.etag);
    reply.headers.emplace_back("Cache-Control", "no-cache");
    if (web::names_tag(none_match, asset.etag))
        reply.status = 304;
    else
        reply.body = asset.content;
    return reply;
}

}  // namespace

void Front::take(web::Call&& call) {
    std::string const& path = call.target.path;
    bool const takes_posts = path == "/api/requests";
    bool const fits = call.method == (takes_posts ? Method::post : Method::get);
    if (is_answered_from_trips(path)) {
        if (!fits) return call.responder->reply(refuse_method(takes_posts ? "POST" : "GET, HEAD"));
        if (state_ == State::loading)
            return call.responder->reply(web::make_busy("the store is being loaded; try again soon"));
        if (!is_loaded_) return call.responder->reply(web::make_busy("the service is ending"));
        return inbox_.put(std::move(call));
    }
    if (!fits) return call.responder->reply(refuse_method("GET, HEAD"));
    if (path == "/healthz") return call.responder->reply(web::make_text(200, "ok\n"));
    if (path == "/readyz") {
        State const state = state_;
        if (state == State::ready) return call.responder->reply(web::make_text(200, "ready\n"));
        return call.responder->reply(web::make_text(503, state == State::loading ? "loading\n" : "draining\n"));
    }
    if (path == "/metrics") return call.responder->reply(tell_metrics());
    if (auto const asset = web::find_asset(path)) return call.responder->reply(reply_asset(*asset, call.none_match));
    call.responder->reply(web::make_error(404, "not_found", "there is nothing under this path; see /openapi.json"));
}

web::Reply Front::tell_metrics() const {
    report::HttpMetrics http = server_->metrics();
    http.ready = state_ == State::ready;
    http.queued = inbox_.size();
    return {200, "text/plain; version=0.0.4; charset=utf-8", board_.text(std::move(http)), {}};
}

}  // namespace tessera::desk
