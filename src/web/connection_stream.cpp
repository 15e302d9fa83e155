#include "connection.hpp"

#include <boost/asio/write.hpp>

#include "reply_head.hpp"
#include "stream.hpp"

namespace tessera::web {

namespace asio = boost::asio;

void Connection::begin_stream() {
    if (phase_ != Phase::answer) return;
    keep_alive_ = false;
    std::string head = head_of(hub_, {200, "text/event-stream", {}, {}}, std::nullopt, Stay::no);
    if (only_head_) return write(std::move(head), {});
    ++hub_.numbers.streams;
    count_reply(200);
    enter(Phase::stream, hub_.options.limits.write);
    buffer_.clear();
    watch_client();
    send_event(std::move(head));
}

/// What a client sends while it listens means nothing, but for its end.
void Connection::watch_client() {
    socket_.async_read_some(buffer_.prepare(1024), [self = shared_from_this()](Error error, std::size_t) {
        if (error) return self->close();
        self->watch_client();
    });
}

void Connection::send_event(std::string text) {
    if (phase_ != Phase::stream) return;
    hold(held_ + text.size());
    if (held_ > most_waiting_event_bytes) return close();  // it does not listen
    events_.push_back(std::move(text));
    if (events_.size() == 1) send_next_event();
}

void Connection::end_stream() {
    ending_ = true;
    if (phase_ == Phase::stream && events_.empty()) close();
}

void Connection::send_next_event() {
    since_ = Clock::now();
    deadline_ = since_ + hub_.options.limits.write;
    asio::async_write(socket_, asio::buffer(events_.front()),
                      [self = shared_from_this()](Error error, std::size_t bytes) {
                          self->hub_.numbers.sent_bytes += bytes;
                          if (error || self->phase_ == Phase::closed) return self->close();
                          self->hold(self->held_ - self->events_.front().size());
                          self->events_.pop_front();
                          if (!self->events_.empty()) return self->send_next_event();
                          if (self->ending_) self->close();
                      });
}

}  // namespace tessera::web
