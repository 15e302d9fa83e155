#pragma once
#include <cstddef>
#include <memory>

#include "tessera/web/call.hpp"

namespace tessera::web {

class Connection;

/// Bytes of events that may wait for a client; one that is farther behind is cut off.
inline constexpr std::size_t most_waiting_event_bytes = 4UL << 20U;

/// Local. What the handler replies by. Who drops it without a reply has failed, and the client is told so.
std::shared_ptr<Responder> make_responder(std::shared_ptr<Connection> connection);

}  // namespace tessera::web
