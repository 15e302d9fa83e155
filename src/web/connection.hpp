#pragma once
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <deque>
#include <optional>

#include "hub.hpp"
#include "reply_head.hpp"

namespace tessera::web {

/// One client: reads its requests one after the other, and writes what it is replied. All of it runs in the server's
/// thread.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(tcp::socket socket, Hub& hub);

    void start() { read_next(); }
    /// Sends the reply to the call that is under way.
    void reply(Reply reply);
    /// Instead: begins to stream.
    void begin_stream();
    /// Sends more of the stream.
    void send_event(std::string text);
    /// Ends the stream once all is sent.
    void end_stream();
    /// Closes where it has been in one phase for too long; keeps a quiet stream alive.
    void check(Clock::time_point now);
    /// Closes when the call under way has been answered, at once where there is none.
    void drain();
    void close();
    /// Since when it has sent nothing that anybody works on; the end of time while somebody does.
    Clock::time_point silent_since() const;
    /// Since when its client has kept bytes of a body or of an answer in memory; the end of time where there are none.
    Clock::time_point holds_since() const;
    /// From any thread.
    bool is_closed() const { return closed_; }
    /// Runs work in the server's thread, from any.
    template <class Work>
    void post(Work&& work) {
        boost::asio::post(hub_.io, std::forward<Work>(work));
    }

  private:
    /// What it waits for.
    enum class Phase { request, head, body, answer, client, stream, goodbye, closed };
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    using Error = boost::system::error_code;

    void enter(Phase phase, std::chrono::milliseconds longest);
    void read_next();
    void read_head();
    void take_head(Error error);
    void read_body();
    void take_body(Error error);
    void deal();
    void refuse(Error error);
    void reply_and_close(Reply reply);
    void hold(std::size_t bytes);
    void write(std::string head, std::string body);
    void end_call();
    void count_reply(int status);
    void say_goodbye();
    void discard(std::size_t most);
    Stay stay() const { return keep_alive_ ? is_old_ ? Stay::yes_to_the_old : Stay::yes : Stay::no; }
    void watch_client();
    void send_next_event();

    tcp::socket socket_;
    Hub& hub_;
    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    Phase phase_ = Phase::request;
    Clock::time_point since_{};
    Clock::time_point deadline_ = Clock::time_point::max();
    Clock::time_point arrived_{};
    Clock::time_point moved_{};  ///< when the client last took something of an answer
    std::atomic<bool> closed_{false};
    report::HttpHandler handler_ = report::HttpHandler::other;  ///< whom the request is for
    int status_ = 0;                                            ///< of the reply that is being written
    bool called_ = false;     ///< the handler has a call of it that is not answered in full
    bool only_head_ = false;  ///< the request is HEAD
    bool is_old_ = false;     ///< the request is of HTTP/1.0
    bool keep_alive_ = false;
    bool ending_ = false;      ///< the stream ends with what is queued
    std::size_t held_ = 0;     ///< bytes of its body or answer, as the hub counts them
    std::string head_, body_;  ///< being written
    std::deque<std::string> events_;
};

}  // namespace tessera::web
