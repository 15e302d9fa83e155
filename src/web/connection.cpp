#include "connection.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include "reply_head.hpp"
#include "stream.hpp"

namespace tessera::web {

namespace asio = boost::asio;
namespace http = boost::beast::http;

namespace {

constexpr std::size_t piece_bytes = 8 * 1024;
/// Who takes less of an answer than this, on average, keeps it in memory for too long.
constexpr std::size_t least_bytes_a_second = 16 * 1024;

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace

Connection::Connection(tcp::socket socket, Hub& hub)
    : socket_(std::move(socket)), hub_(hub), buffer_(hub.options.limits.head_bytes + piece_bytes) {
    Error ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    enter(Phase::head, hub.options.limits.head);  // a new one has no reason to wait before it asks
}

void Connection::enter(Phase phase, std::chrono::milliseconds longest) {
    phase_ = phase;
    since_ = Clock::now();
    deadline_ = since_ + longest;
}

void Connection::read_next() {
    handler_ = report::HttpHandler::other;
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(hub_.options.limits.head_bytes));
    parser_->body_limit(hub_.options.limits.body_bytes);
    if (buffer_.size() > 0) return read_head();  // it has sent two requests at once
    socket_.async_read_some(buffer_.prepare(piece_bytes), [self = shared_from_this()](Error error, std::size_t bytes) {
        if (error) return self->close();
        self->buffer_.commit(bytes);
        self->read_head();
    });
}

void Connection::read_head() {
    arrived_ = Clock::now();
    if (phase_ != Phase::head) enter(Phase::head, hub_.options.limits.head);
    http::async_read_header(socket_, buffer_, *parser_, [self = shared_from_this()](Error error, std::size_t bytes) {
        if (!error) self->hub_.numbers.received_bytes += bytes;
        self->take_head(error);
    });
}

void Connection::take_head(Error error) {
    if (phase_ != Phase::head) return;
    if (error) return refuse(error);
    auto const& request = parser_->get();
    keep_alive_ = request.keep_alive() && !hub_.draining;
    is_old_ = request.version() < 11;
    only_head_ = request.method() == http::verb::head;
    std::string_view const target = view(request.target());
    std::string_view const path = target.substr(0, target.find('?'));
    handler_ = report::handler_of(path);
    std::string_view const query = target.substr(std::min(target.size(), path.size() + 1));
    auto const hosts = request.count(http::field::host);
    if (hosts > 1 || (hosts == 0 && !is_old_))
        return reply_and_close(make_error(400, "bad_request", "a request has the header Host, once"));
    auto refused =
        hub_.gate.refuse({path, query, view(request[http::field::host]), view(request[http::field::authorization]),
                          view(request[http::field::cookie]), view(request[http::field::accept])});
    if (refused) return reply_and_close(std::move(*refused));
    if (parser_->is_done()) return deal();
    if (auto const why = hub_.overload(); !why.empty()) return reply_and_close(make_busy(why));
    auto const expected = request[http::field::expect];
    if (!expected.empty() && !boost::beast::iequals(expected, "100-continue"))
        return reply_and_close(make_error(417, "expectation_failed", "nothing but 100-continue can be expected here"));
    enter(Phase::body, hub_.options.limits.body);
    if (expected.empty() || is_old_) return read_body();
    head_ = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(socket_, asio::buffer(head_), [self = shared_from_this()](Error bad, std::size_t) {
        if (bad) return self->close();
        self->read_body();
    });
}

void Connection::read_body() {
    http::async_read_some(socket_, buffer_, *parser_, [self = shared_from_this()](Error error, std::size_t bytes) {
        if (self->phase_ != Phase::body) return;
        self->hub_.numbers.received_bytes += bytes;
        self->hold(self->held_ + bytes);
        if (error || self->parser_->is_done()) return self->take_body(error);
        self->read_body();
    });
}

void Connection::take_body(Error error) {
    hold(0);
    if (error == asio::error::operation_aborted)
        return reply_and_close(make_error(408, "timeout", "the request's body took too long to come"));
    if (error) return refuse(error);
    deal();
}

void Connection::deal() {
    auto& request = parser_->get();
    auto const method = request.method();
    auto target = read_target(view(request.target()));
    if (!target)
        return reply_and_close(make_error(400, "bad_request", "the request's target is no path of this service"));
    // Who watches over the service is answered when it is at its limits, too: then above all.
    bool const watches = handler_ == report::HttpHandler::health || handler_ == report::HttpHandler::metrics;
    if (auto const why = hub_.overload(); !why.empty() && !watches) {
        ++hub_.numbers.refused;
        enter(Phase::answer, std::chrono::hours(1));
        return reply(make_busy(why));
    }
    called_ = true;
    ++hub_.numbers.calls;
    enter(Phase::answer, std::chrono::hours(24));
    bool const gets = method == http::verb::get || method == http::verb::head;
    hub_.handler({gets                         ? Method::get
                  : method == http::verb::post ? Method::post
                                               : Method::other,
                  std::move(*target), std::move(request.body()), std::string(view(request[http::field::if_none_match])),
                  arrived_, make_responder(shared_from_this())});
}

/// What was sent is no request.
void Connection::refuse(Error error) {
    if (error == http::error::header_limit)
        return reply_and_close(make_error(431, "head_too_large", "the request's first line and headers are too large"));
    if (error == http::error::body_limit)
        return reply_and_close(make_error(413, "body_too_large", "the request's body is too large"));
    bool const is_garbage = error.category() == http::make_error_code(http::error::bad_method).category() &&
                            error != http::error::end_of_stream && error != http::error::partial_message;
    if (!is_garbage) return close();
    reply_and_close(make_error(400, "bad_request", "this is no HTTP/1.1 request"));
}

void Connection::reply_and_close(Reply reply) {
    ++hub_.numbers.refused;
    keep_alive_ = false;
    enter(Phase::answer, hub_.options.limits.write);
    this->reply(std::move(reply));
}

void Connection::reply(Reply reply) {
    if (phase_ != Phase::answer) return;
    if (hub_.draining) keep_alive_ = false;
    status_ = reply.status;
    std::string head = head_of(hub_, reply, reply.body.size(), stay());
    if (only_head_ || reply.status == 304) reply.body.clear();
    hold(reply.body.size());
    write(std::move(head), std::move(reply.body));
}

void Connection::write(std::string head, std::string body) {
    head_ = std::move(head);
    body_ = std::move(body);
    enter(Phase::client, hub_.options.limits.write);
    moved_ = since_;
    // Each piece that is taken gives the client more time.
    auto const go_on = [this](Error error, std::size_t taken) {
        moved_ = Clock::now();
        auto const earned = std::chrono::milliseconds(1000 * taken / least_bytes_a_second);
        deadline_ = std::min(moved_, since_ + earned) + hub_.options.limits.write;
        return error ? std::size_t{0} : std::size_t{256 * 1024};
    };
    asio::async_write(socket_, std::array{asio::buffer(head_), asio::buffer(body_)}, go_on,
                      [self = shared_from_this()](Error error, std::size_t bytes) {
                          self->hub_.numbers.sent_bytes += bytes;
                          if (error) {
                              ++self->hub_.numbers.unread;
                              return self->close();
                          }
                          self->count_reply(self->status_);
                          self->end_call();
                          if (!self->keep_alive_ || self->hub_.draining) return self->say_goodbye();
                          self->enter(Phase::request, self->hub_.options.limits.idle);
                          self->read_next();
                      });
}

void Connection::hold(std::size_t bytes) {
    hub_.numbers.held_bytes += bytes;
    hub_.numbers.held_bytes -= held_;
    held_ = bytes;
}

void Connection::count_reply(int status) {
    hub_.replies.add(handler_, status, Clock::now() - arrived_);
}

void Connection::end_call() {
    hold(0);
    std::string().swap(body_);
    if (std::exchange(called_, false)) --hub_.numbers.calls;
}

}  // namespace tessera::web
