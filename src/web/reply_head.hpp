#pragma once
#include <string>

#include "hub.hpp"
#include "tessera/web/reply.hpp"

namespace tessera::web {

/// Local. All of a reply that stands before its body. `length` is the body's; none for a stream.
std::string head_of(Hub& hub, Reply const& reply, std::optional<std::size_t> length, bool keep_alive);

}  // namespace tessera::web
