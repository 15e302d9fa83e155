#include "connection.hpp"

namespace tessera::web {
namespace {

constexpr std::size_t piece_bytes = 8 * 1024;
/// A client that is to go gets this long to read why, and what it sends meanwhile is read as far as this.
constexpr std::chrono::milliseconds goodbye{2'000};
constexpr std::size_t most_discarded_bytes = 8UL << 20U;

}  // namespace

/// Closes without losing what was sent last: what the client still sends is read, or its system would throw away what
/// it has not read yet.
void Connection::say_goodbye() {
    Error ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    enter(Phase::goodbye, goodbye);
    buffer_.clear();
    discard(most_discarded_bytes);
}

void Connection::discard(std::size_t most) {
    socket_.async_read_some(buffer_.prepare(piece_bytes),
                            [self = shared_from_this(), most](Error error, std::size_t n) {
                                if (error || n >= most) return self->close();
                                self->discard(most - n);
                            });
}

void Connection::check(Clock::time_point now) {
    if (phase_ == Phase::stream && events_.empty()) {
        if (now - since_ > std::chrono::seconds(15))
            send_event(":\n\n");  // so that nobody on the way takes it for dead
        return;
    }
    if (now < deadline_) return;
    if (phase_ != Phase::goodbye) ++hub_.numbers.timed_out;
    if (phase_ != Phase::body) return close();
    Error ignored;
    socket_.cancel(ignored);  // the reading ends, and tells the client why
}

void Connection::drain() {
    if (phase_ == Phase::request || phase_ == Phase::head) return close();
    if (phase_ == Phase::stream) end_stream();
}

void Connection::close() {
    if (phase_ == Phase::closed) return;
    if (phase_ == Phase::stream) --hub_.numbers.streams;
    phase_ = Phase::closed;
    closed_ = true;
    end_call();
    Error ignored;
    socket_.close(ignored);
    hub_.forget(shared_from_this());
}

Clock::time_point Connection::silent_since() const {
    if (phase_ == Phase::client) return moved_;
    bool const silent =
        phase_ == Phase::request || phase_ == Phase::head || phase_ == Phase::body || phase_ == Phase::goodbye;
    return silent ? since_ : Clock::time_point::max();
}

Clock::time_point Connection::holds_since() const {
    return held_ > 0 && phase_ != Phase::answer ? since_ : Clock::time_point::max();
}

}  // namespace tessera::web
