#include "tessera/web/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace tessera::web {
namespace {

/// A client's end of a connection.
class Client {
  public:
    explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(port);
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&place), sizeof place), 0);
    }
    ~Client() { ::close(socket_); }
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    void send(std::string const& text) const {
        EXPECT_EQ(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
    }
    void get(std::string const& target, std::string const& more = {}) const {
        send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n");
    }
    /// All that comes, until there is this in it or the server closes.
    std::string read_until(std::string const& end) const {
        std::string text;
        char piece[4096];
        while (end.empty() || text.find(end) == std::string::npos) {
            ssize_t const size = ::recv(socket_, piece, sizeof piece, 0);
            if (size <= 0) break;
            text.append(piece, static_cast<std::size_t>(size));
        }
        return text;
    }
    std::string read_all() const { return read_until({}); }

  private:
    int socket_;
};

/// A server whose calls wait for this thread.
class ServerTest : public ::testing::Test {
  protected:
    ServerTest() : server(options()) {
        server.start(
            [this](Call&& call) {
                std::lock_guard const lock(mutex);
                calls.push_back(std::move(call));
                came.notify_one();
            },
            stop, [this] { ++drains; });
    }
    ~ServerTest() override {
        server.stop();
        calls.clear();
        ::close(stop);
    }
    static ServerOptions options() {
        ServerOptions made{{"127.0.0.1", 0}, {}, "default-src 'none'", {}};
        made.limits.calls = 50;
        return made;
    }
    Call take() {
        std::unique_lock lock(mutex);
        came.wait(lock, [this] { return !calls.empty(); });
        Call call = std::move(calls.front());
        calls.erase(calls.begin());
        return call;
    }
    void ask_to_drain() const {
        std::uint64_t const one = 1;
        EXPECT_EQ(::write(stop, &one, sizeof one), static_cast<ssize_t>(sizeof one));
    }

    int stop = ::eventfd(0, 0);
    std::mutex mutex;
    std::condition_variable came;
    std::vector<Call> calls;
    std::atomic<int> drains{0};
    Server server;  // goes first
};

TEST_F(ServerTest, AReplyComesFromAnyThread) {
    Client const client(server.port());
    for (int i = 0; i < 200; ++i) {
        client.get("/path?n=" + std::to_string(i));
        Call const call = take();
        EXPECT_EQ(call.target.path, "/path");
        EXPECT_EQ(call.target.query.front().second, std::to_string(i));
        call.responder->reply(make_text(200, "reply " + std::to_string(i) + "\n"));
        std::string const got = client.read_until("reply " + std::to_string(i) + "\n");
        EXPECT_TRUE(got.starts_with("HTTP/1.1 200 OK\r\n")) << got;
    }
    EXPECT_TRUE(server.calls() <= 1);
}

TEST_F(ServerTest, ManyClientsAtOnce) {
    constexpr int clients = 8, requests = 200;
    std::vector<std::thread> threads;
    for (int number = 0; number < clients; ++number)
        threads.emplace_back([&, number] {
            Client const client(server.port());
            for (int i = 0; i < requests; ++i) {
                std::string const mine = std::to_string(number) + "-" + std::to_string(i) + ";";
                client.get("/" + mine);
                EXPECT_NE(client.read_until(mine).find(mine), std::string::npos);
            }
        });
    for (int i = 0; i < clients * requests; ++i) {
        Call const call = take();
        call.responder->reply(make_text(200, call.target.path));
        EXPECT_LE(server.calls(), 8U);
    }
    for (std::thread& thread : threads)
        thread.join();
}

TEST_F(ServerTest, ACallThatNobodyRepliesToHasFailed) {
    Client const client(server.port());
    client.get("/");
    take();
    EXPECT_TRUE(client.read_until("}}\n").starts_with("HTTP/1.1 500 "));
}

TEST_F(ServerTest, AStreamIsWhatIsSentUntilItEnds) {
    Client const client(server.port());
    client.get("/events");
    {
        auto const stream = take().responder->open_stream();
        for (int i = 0; i < 1000; ++i)
            stream->send(std::to_string(i) + "\n");
        EXPECT_TRUE(stream->is_open());
    }
    std::string wanted;
    for (int i = 0; i < 1000; ++i)
        wanted += std::to_string(i) + "\n";
    std::string const got = client.read_all();
    EXPECT_EQ(got.substr(got.find("\r\n\r\n") + 4), wanted);
}

TEST_F(ServerTest, AClientThatGoesIsNoticed) {
    auto client = std::make_unique<Client>(server.port());
    client->get("/events");
    auto const stream = take().responder->open_stream();
    client->read_until("\r\n\r\n");
    client.reset();
    while (stream->is_open())  // until the time limit of the test
        std::this_thread::yield();
    stream->send("to nobody");
}

TEST_F(ServerTest, DrainsWhatIsUnderWay) {
    Client const asking(server.port()), silent(server.port()), streaming(server.port());
    asking.get("/slow");
    Call const call = take();
    streaming.get("/events");
    auto const stream = take().responder->open_stream();
    EXPECT_FALSE(server.is_idle());
    ask_to_drain();
    EXPECT_EQ(silent.read_all(), "");
    EXPECT_NE(streaming.read_all().find("text/event-stream"), std::string::npos);
    call.responder->reply(make_text(200, "done"));
    std::string const got = asking.read_all();
    EXPECT_NE(got.find("\r\nConnection: close\r\n"), std::string::npos) << got;
    EXPECT_TRUE(got.ends_with("done"));
    EXPECT_EQ(drains, 1);
}

TEST_F(ServerTest, WhatIsRepliedToAServerThatHasStoppedIsLost) {
    Client const client(server.port()), streaming(server.port());
    client.get("/");
    Call const call = take();
    streaming.get("/events");
    auto const stream = take().responder->open_stream();
    server.stop();
    call.responder->reply(make_text(200, "late"));
    stream->send("late");
    EXPECT_FALSE(stream->is_open());
    EXPECT_EQ(client.read_all(), "");
}

TEST_F(ServerTest, TooManyCallsAreRefused) {
    std::vector<std::unique_ptr<Client>> clients;
    std::vector<Call> under_way;
    for (int i = 0; i < 50; ++i) {
        clients.push_back(std::make_unique<Client>(server.port()));
        clients.back()->get("/");
        under_way.push_back(take());
    }
    Client const late(server.port());
    late.get("/", "Connection: close\r\n");
    std::string const got = late.read_all();
    EXPECT_TRUE(got.starts_with("HTTP/1.1 503 ")) << got;
    EXPECT_NE(got.find("\r\nRetry-After: 1\r\n"), std::string::npos);
    // Who watches over it is heard all the same.
    for (char const* const path : {"/healthz", "/readyz", "/metrics"}) {
        Client const watcher(server.port());
        watcher.get(path);
        EXPECT_EQ(take().target.path, path);
    }
}

}  // namespace
}  // namespace tessera::web
