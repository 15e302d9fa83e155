#include "tessera/web/server.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <thread>

#include "hub.hpp"
#include "tessera/core/error.hpp"

namespace tessera::web {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds between_sweeps{250};

/// Each connection is an open file; most systems allow fewer by default than they would if asked.
void allow_open_files(std::size_t connections) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, std::max<rlim_t>(limit.rlim_cur, connections + 256));
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

tcp::endpoint endpoint_of(ListenPlace const& place) {
    auto const address = asio::ip::make_address(place.host == "localhost" ? "127.0.0.1" : place.host);
    return {address, place.port};
}

}  // namespace

class Server::Work {
  public:
    explicit Work(ServerOptions options) : hub(std::move(options)), acceptor_(hub.io), sweeper_(hub.io), stop_(hub.io) {
        allow_open_files(hub.options.limits.connections);
        try {
            auto const endpoint = endpoint_of(hub.options.place);
            acceptor_.open(endpoint.protocol());
            acceptor_.set_option(tcp::acceptor::reuse_address(true));
            acceptor_.bind(endpoint);
            acceptor_.listen();
            port_ = acceptor_.local_endpoint().port();
        } catch (boost::system::system_error const& error) {
            throw core::DataError(
                fmt::format("cannot listen on {}:{} ({}); give another --listen, or end what is there",
                            hub.options.place.host, hub.options.place.port, error.code().message()));
        }
    }
    ~Work() { stop(); }
    void stop() {
        if (!thread_.joinable()) return;
        asio::post(hub.io, [this] {
            boost::system::error_code ignored;
            acceptor_.close(ignored);
            stopping_ = true;
            sweeper_.cancel();
            stop_.release();
            hub.close_all();
            guard_.reset();
        });
        thread_.join();
    }

    void start(CallHandler handler, int stop_descriptor, std::function<void()> on_drain) {
        hub.handler = std::move(handler);
        on_drain_ = std::move(on_drain);
        stop_.assign(stop_descriptor);
        stop_.async_wait(asio::posix::stream_descriptor::wait_read, [this](boost::system::error_code error) {
            if (!error) drain();
        });
        accept();
        sweep();
        // Signals are the main thread's.
        sigset_t all, before;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before);
        thread_ = std::thread([this] { serve(); });
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }
    std::uint16_t port() const { return port_; }

    Hub hub;

  private:
    void serve() {
        for (;;)
            try {
                hub.io.run();
                return;
            } catch (std::exception const&) {
                // Most likely there was no memory for one of the connections; the others go on.
                ++hub.numbers.refused;
            }
    }
    void accept() {
        acceptor_.async_accept([this](boost::system::error_code error, tcp::socket socket) {
            if (!acceptor_.is_open()) return;
            if (!error) {
                hub.take_in(std::move(socket));
                return accept();
            }
            // Most likely too many files are open; it passes.
            auto const timer = std::make_shared<asio::steady_timer>(hub.io, between_sweeps);
            timer->async_wait([this, timer](boost::system::error_code) {
                if (acceptor_.is_open()) accept();
            });
        });
    }
    void sweep() {
        sweeper_.expires_after(between_sweeps);
        sweeper_.async_wait([this](boost::system::error_code error) {
            // One that was due already when it was cancelled comes all the same.
            if (error || stopping_) return;
            hub.sweep();
            sweep();
        });
    }
    void drain() {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        hub.drain();
        on_drain_();
    }

    asio::executor_work_guard<asio::io_context::executor_type> guard_{hub.io.get_executor()};
    tcp::acceptor acceptor_;
    asio::steady_timer sweeper_;
    asio::posix::stream_descriptor stop_;
    std::function<void()> on_drain_;
    std::uint16_t port_ = 0;
    bool stopping_ = false;  ///< the server's thread's
    std::thread thread_;
};

Server::Server(ServerOptions options) : work_(std::make_unique<Work>(std::move(options))) {}
Server::~Server() = default;

void Server::start(CallHandler handler, int stop_descriptor, std::function<void()> on_drain) {
    work_->start(std::move(handler), stop_descriptor, std::move(on_drain));
}

void Server::stop() {
    work_->stop();
}

std::uint64_t Server::calls() const {
    return work_->hub.numbers.calls;
}

std::uint16_t Server::port() const {
    return work_->port();
}

report::HttpMetrics Server::metrics() const {
    Hub const& hub = work_->hub;
    Hub::Numbers const& numbers = hub.numbers;
    Limits const& limits = hub.options.limits;
    report::HttpMetrics metrics;
    metrics.connections = {numbers.connections, limits.connections};
    metrics.calls = {numbers.calls, limits.calls};
    metrics.streams = {numbers.streams, limits.streams};
    metrics.held_bytes = {numbers.held_bytes, limits.held_bytes};
    metrics.accepted = numbers.accepted;
    metrics.evicted = numbers.evicted;
    metrics.timed_out = numbers.timed_out;
    metrics.refused = numbers.refused;
    metrics.unread = numbers.unread;
    metrics.received_bytes = numbers.received_bytes;
    metrics.sent_bytes = numbers.sent_bytes;
    metrics.replies = hub.replies;
    return metrics;
}

}  // namespace tessera::web
