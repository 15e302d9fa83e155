#include "tessera/web/gate.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/string.hpp>
#include <cerrno>
#include <cstdint>
#include <fstream>

#include "tessera/core/error.hpp"
#include "tessera/web/asset.hpp"
#include "tessera/web/target.hpp"

namespace tessera::web {
namespace {

constexpr std::size_t shortest_token = 16;
constexpr std::string_view cookie_name = "tessera_token=";

/// A host's name without its port.
std::string_view name_of_host(std::string_view host) {
    if (!host.empty() && host.front() == '[') return host.substr(0, std::min(host.size(), host.find(']') + 1));
    return host.substr(0, host.find(':'));
}

bool names_this_machine(std::string_view host) {
    std::string_view name = name_of_host(host);
    if (boost::beast::iequals({name.data(), name.size()}, "localhost")) return true;
    if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
    boost::system::error_code error;
    auto const address = boost::asio::ip::make_address(name, error);
    return !error && address.is_loopback();
}

/// The value of our cookie among all of a client's.
std::string_view token_of(std::string_view cookies) {
    while (!cookies.empty()) {
        std::string_view cookie = cookies.substr(0, cookies.find(';'));
        cookies.remove_prefix(std::min(cookies.size(), cookie.size() + 1));
        cookie.remove_prefix(std::min(cookie.size(), cookie.find_first_not_of(' ')));
        if (cookie.starts_with(cookie_name)) return cookie.substr(cookie_name.size());
    }
    return {};
}

/// What the sign-in page is made of: it is everybody's to see, and tells nothing of the trips.
bool is_of_sign_in(std::string_view path) {
    constexpr std::string_view parts[] = {"/page/sign_in.css", "/page/colors.css", "/page/controls.css",
                                          "/page/icon.svg"};
    return std::find(std::begin(parts), std::end(parts), path) != std::end(parts);
}

/// To be shown by a browser: a field for the token.
Reply ask_for_token(bool was_wrong) {
    std::string page(find_asset("/page/sign_in.html").value().content);
    constexpr std::string_view unless_wrong = " hidden";
    if (was_wrong) page.erase(page.find(unless_wrong), unless_wrong.size());
    return {401, "text/html; charset=utf-8", std::move(page), {}};
}

}  // namespace

std::string read_token(std::string const& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0)
        throw core::DataError(
            fmt::format("--token-file {}: cannot be read ({})", path, core::system_error_text(errno)));
    // Kubernetes mounts secrets readable for a group, of which nobody else is; the world is never meant.
    if ((facts.st_mode & S_IROTH) != 0)
        throw core::DataError(fmt::format(
            "--token-file {}: everybody on this machine can read it; take that away (chmod o= {})", path, path));
    std::ifstream file(path);
    std::string token;
    std::getline(file, token);
    if (!token.empty() && token.back() == '\r') token.pop_back();
    // What a cookie's value may hold (RFC 6265), so that a token can be one.
    bool const plain = std::all_of(token.begin(), token.end(), [](char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
    });
    if (token.size() < shortest_token || !plain)
        throw core::DataError(
            fmt::format("--token-file {}: its first line is no token (at least {} visible ASCII characters, without "
                        "quotation marks, commas, semicolons and backslashes); make one with: openssl rand -hex 32",
                        path, shortest_token));
    return token;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    // The length of what is compared is the visitor's own; that of the token is no secret.
    std::uint8_t volatile difference = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference = difference | static_cast<std::uint8_t>(a[i] ^ (b.empty() ? '\0' : b[i % b.size()]));
    return difference == 0;
}

bool Gate::shows_token(Visitor const& visitor) const {
    constexpr boost::beast::string_view bearer = "Bearer ";
    std::string_view const scheme = visitor.authorization.substr(0, bearer.size());
    std::string_view const shown = boost::beast::iequals({scheme.data(), scheme.size()}, bearer)
                                       ? visitor.authorization.substr(bearer.size())
                                       : token_of(visitor.cookie);
    return equal_in_constant_time(shown, *token_);
}

std::optional<Reply> Gate::refuse(Visitor const& visitor) const {
    if (visitor.path == "/healthz" || visitor.path == "/readyz") return std::nullopt;
    if (!token_) {
        if (names_this_machine(visitor.host)) return std::nullopt;
        return make_error(403, "forbidden",
                          "this service answers to localhost, 127.0.0.1 and [::1] only; to be reached by another name "
                          "it needs --token-file");
    }
    if (shows_token(visitor) || is_of_sign_in(visitor.path)) return std::nullopt;
    auto const target = read_target(fmt::format("/?{}", visitor.query));
    auto const login = target ? find_value(target->query, "token") : std::nullopt;
    if (visitor.path == "/" && login && equal_in_constant_time(*login, *token_)) {
        Reply reply{303, "text/plain; charset=utf-8", "", {}};
        reply.headers.emplace_back("Location", "/");
        reply.headers.emplace_back("Set-Cookie",
                                   fmt::format("{}{}; Path=/; HttpOnly; SameSite=Strict", cookie_name, *token_));
        return reply;
    }
    if (visitor.path == "/" && visitor.accept.find("text/html") != std::string_view::npos)
        return ask_for_token(login.has_value());
    Reply reply = make_error(401, "unauthorized",
                             "show the token as 'Authorization: Bearer TOKEN', or open /?token=TOKEN in a browser");
    reply.headers.emplace_back("WWW-Authenticate", "Bearer");
    return reply;
}

}  // namespace tessera::web
