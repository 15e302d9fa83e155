#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/web/call.hpp"

namespace tessera::desk::testing {

/// What a client has got.
struct Got {
    std::vector<web::Reply> replies;
    std::string streamed;
    bool streams = false;  ///< a stream has been opened
    bool open = true;      ///< the client is there, and the stream has not been closed
};

class FakeStream : public web::EventStream {
  public:
    explicit FakeStream(std::shared_ptr<Got> got) : got_(std::move(got)) {}
    ~FakeStream() override { FakeStream::close(); }
    void send(std::string text) override { got_->streamed += text; }
    void close() override { got_->open = false; }
    bool is_open() const override { return got_->open; }

  private:
    std::shared_ptr<Got> got_;
};

class FakeResponder : public web::Responder {
  public:
    explicit FakeResponder(std::shared_ptr<Got> got) : got_(std::move(got)) {}
    void reply(web::Reply reply) override { got_->replies.push_back(std::move(reply)); }
    std::shared_ptr<web::EventStream> open_stream() override {
        got_->streams = true;
        return std::make_shared<FakeStream>(got_);
    }

  private:
    std::shared_ptr<Got> got_;
};

/// A client that asks something.
struct Client {
    std::shared_ptr<Got> got = std::make_shared<Got>();

    web::Call call(web::Method method, std::string const& target, std::string body = {}) const {
        web::Call made;
        made.method = method;
        made.target = web::read_target(target).value();
        made.body = std::move(body);
        made.responder = std::make_shared<FakeResponder>(got);
        return made;
    }
    web::Call get(std::string const& target) const { return call(web::Method::get, target); }
    web::Call post(std::string body) const { return call(web::Method::post, "/api/requests", std::move(body)); }

    /// The one reply; nothing where there is none, or several.
    std::optional<web::Reply> reply() const {
        return got->replies.size() == 1 ? std::optional(got->replies.front()) : std::nullopt;
    }
    int status() const { return reply() ? reply()->status : 0; }
    std::string body() const { return reply() ? reply()->body : std::string(); }
};

}  // namespace tessera::desk::testing
