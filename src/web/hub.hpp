#pragma once
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>

#include "tessera/report/http_replies.hpp"
#include "tessera/web/call.hpp"
#include "tessera/web/gate.hpp"
#include "tessera/web/server.hpp"

namespace tessera::web {

using boost::asio::ip::tcp;
using Clock = std::chrono::steady_clock;
class Connection;

/// What the connections of a server share. But for the numbers, all of it belongs to the server's thread.
class Hub {
  public:
    /// Numbers that any thread may read.
    struct Numbers {
        std::atomic<std::uint64_t> connections{0}, calls{0}, streams{0}, held_bytes{0};
        std::atomic<std::uint64_t> accepted{0}, evicted{0}, timed_out{0}, refused{0}, unread{0}, received_bytes{0},
            sent_bytes{0};
    };

    explicit Hub(ServerOptions server_options) : options(std::move(server_options)), gate(options.token) {}

    /// Local. Takes a socket in; where there are too many, the one goes that has been silent for longest.
    void take_in(tcp::socket socket);
    /// Local. Forgets a connection that has closed.
    void forget(std::shared_ptr<Connection> const& connection);
    /// Local. Closes what is overdue.
    void sweep();
    /// Local. From here on each connection closes once it has been answered.
    void drain();
    /// Local. Closes all.
    void close_all();
    /// Local. Why a call cannot be taken now; empty where it can.
    std::string_view overload();
    /// Local. The time of day as headers have it (RFC 9110, section 5.6.7).
    std::string const& date();

    ServerOptions const options;
    Gate const gate;
    boost::asio::io_context io{1};
    CallHandler handler;
    Numbers numbers;
    report::HttpReplies replies;
    bool draining = false;

  private:
    bool has_room();

    std::unordered_set<std::shared_ptr<Connection>> connections_;
    std::string date_;
    std::time_t date_of_ = 0;
};

}  // namespace tessera::web
