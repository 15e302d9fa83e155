#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "tessera/report/service_metrics.hpp"
#include "tessera/web/call.hpp"
#include "tessera/web/limits.hpp"
#include "tessera/web/listen_place.hpp"

namespace tessera::web {

struct ServerOptions {
    ListenPlace place;
    std::optional<std::string> token;
    std::string content_policy;  ///< the Content-Security-Policy of pages
    Limits limits;
};

/// HTTP/1.1 on a socket, in a thread of its own. It reads requests, sees to it that nobody gets in who may not and that
/// nobody holds others up, and hands calls to the handler.
class Server {
  public:
    /// Local. Listens from here on, and serves from `start` on. Throws core::DataError where the place cannot be had.
    explicit Server(ServerOptions options);
    /// Local. Stops. Shape: nobody has a responder or a stream of it any more.
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    /// Local. Begins to serve. `stop_descriptor` becomes readable when it is to drain; then `on_drain` is called, once,
    /// in the server's thread: it takes no more connections, and closes each once it has been answered.
    void start(CallHandler handler, int stop_descriptor, std::function<void()> on_drain);
    /// Local. Closes all connections, and ends the thread: the handler is called no more, and what is replied is lost.
    void stop();
    /// Local, any thread. Requests that came in and are not answered in full.
    std::uint64_t calls() const;
    /// Local, any thread. Whether there are none.
    bool is_idle() const { return calls() == 0; }
    /// Local. The port that it listens on.
    std::uint16_t port() const;
    /// Local, in the server's thread. How it is doing, and what it has done.
    report::HttpMetrics metrics() const;

  private:
    class Work;
    std::unique_ptr<Work> work_;
};

}  // namespace tessera::web
