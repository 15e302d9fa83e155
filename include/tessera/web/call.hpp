#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "tessera/web/reply.hpp"
#include "tessera/web/target.hpp"

namespace tessera::web {

/// A reply that goes on: server-sent events, until one side has enough.
class EventStream {
  public:
    virtual ~EventStream() = default;
    /// Local, any thread. Sends text as it is. A client that does not take what is sent is cut off.
    virtual void send(std::string text) = 0;
    /// Local, any thread. Ends the stream once all has been sent.
    virtual void close() = 0;
    /// Local, any thread. Whether the client is still there, as far as one knows.
    virtual bool is_open() const = 0;
};

/// Takes the reply to a call, once, from any thread.
class Responder {
  public:
    virtual ~Responder() = default;
    /// Local, any thread.
    virtual void reply(Reply reply) = 0;
    /// Local, any thread. Instead of a reply: begins a stream of events.
    virtual std::shared_ptr<EventStream> open_stream() = 0;
};

enum class Method { get, post, other };

/// One request of a client. HEAD comes as GET, and its answer goes without its body.
struct Call {
    Method method = Method::get;
    Target target;
    std::string body;
    std::string none_match;  ///< If-None-Match
    std::chrono::steady_clock::time_point arrived{};
    std::shared_ptr<Responder> responder;
};

/// Local. Whether If-None-Match names an entity tag: one of a list, weak or not, or any (RFC 9110, section 13.1.2).
bool names_tag(std::string_view none_match, std::string_view etag);

/// Deals with a call: replies, or hands it on to who does. Called in the server's own thread: it must not wait.
using CallHandler = std::function<void(Call&& call)>;

}  // namespace tessera::web
