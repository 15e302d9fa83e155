#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "tessera/web/reply.hpp"

namespace tessera::web {

/// What a request shows at the door.
struct Visitor {
    std::string_view path;
    std::string_view query;          ///< undecoded
    std::string_view host;           ///< Host
    std::string_view authorization;  ///< Authorization
    std::string_view cookie;         ///< Cookie
    std::string_view accept{};       ///< Accept
};

/// Local. The token of a file: its first line. Throws core::DataError for a file that cannot be read, that others may
/// read, or whose token is shorter than 16 characters or has other than visible ASCII in it.
std::string read_token(std::string const& path);

/// Local. Whether two texts are the same, in a time that tells nothing about where they differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// Who may come in. With a token: who shows it, as "Authorization: Bearer TOKEN" or as a cookie; "/?token=TOKEN" sets
/// that cookie, and a browser that comes without gets a page that asks for it. Without: who names this machine by a
/// name that only itself has, so that no page of another site can send a browser here under a name of its own (DNS
/// rebinding). Health is everybody's to ask.
class Gate {
  public:
    explicit Gate(std::optional<std::string> token) : token_(std::move(token)) {}
    /// Local. The reply to who may not come in; nothing for who may.
    std::optional<Reply> refuse(Visitor const& visitor) const;

  private:
    bool shows_token(Visitor const& visitor) const;
    std::optional<std::string> token_;
};

}  // namespace tessera::web
