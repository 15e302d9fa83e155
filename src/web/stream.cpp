#include "stream.hpp"

#include <atomic>

#include "connection.hpp"

namespace tessera::web {
namespace {

class ConnectionStream : public EventStream {
  public:
    explicit ConnectionStream(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}
    ~ConnectionStream() override { ConnectionStream::close(); }

    void send(std::string text) override {
        connection_->post([to = connection_, text = std::move(text)]() mutable { to->send_event(std::move(text)); });
    }
    void close() override {
        connection_->post([to = connection_] { to->end_stream(); });
    }
    bool is_open() const override { return !connection_->is_closed(); }

  private:
    std::shared_ptr<Connection> connection_;
};

class ConnectionResponder : public Responder {
  public:
    explicit ConnectionResponder(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}
    ~ConnectionResponder() override {
        if (!replied_) ConnectionResponder::reply(make_error(500, "failed", "the request was not answered"));
    }

    void reply(Reply reply) override {
        if (replied_.exchange(true)) return;
        connection_->post([to = connection_, reply = std::move(reply)]() mutable { to->reply(std::move(reply)); });
    }
    std::shared_ptr<EventStream> open_stream() override {
        if (!replied_.exchange(true)) connection_->post([to = connection_] { to->begin_stream(); });
        return std::make_shared<ConnectionStream>(connection_);
    }

  private:
    std::shared_ptr<Connection> connection_;
    std::atomic<bool> replied_{false};
};

}  // namespace

std::shared_ptr<Responder> make_responder(std::shared_ptr<Connection> connection) {
    return std::make_shared<ConnectionResponder>(std::move(connection));
}

}  // namespace tessera::web
