#pragma once
#include <string>

#include "hub.hpp"
#include "tessera/web/reply.hpp"

namespace tessera::web {

/// Whether the connection goes on after a reply; clients of HTTP/1.0 must be told so.
enum class Stay { yes, yes_to_the_old, no };

/// Local. All of a reply that stands before its body. `length` is the body's; none for a stream.
std::string head_of(Hub& hub, Reply const& reply, std::optional<std::size_t> length, Stay stay);

}  // namespace tessera::web
