#pragma once
#include <chrono>
#include <list>
#include <span>
#include <string>
#include <vector>

#include "tessera/desk/request_batch.hpp"
#include "tessera/web/call.hpp"

namespace tessera::desk {

/// Calls that ask requests, until all of their answers are there. A call may ask many: some of each call's are dealt
/// with together, so that none waits until another's are all answered.
class AskedCalls {
  public:
    using Clock = std::chrono::steady_clock;

    /// What a body may hold.
    struct Limits {
        std::size_t requests = 1000;                 ///< in a body
        std::size_t answer_bytes = 64UL << 20U;      ///< for a body; what comes later is refused
        std::size_t longest_line_bytes = 64 * 1024;  ///< of a request
    };
    explicit AskedCalls(Limits limits);

    /// Local. Takes the requests of a call in; one that has none is replied to at once.
    void add(web::Call&& call);
    /// Local. Whether requests have been taken in that are not among the messages yet.
    bool has_more() const;
    /// Local. Goes on to the next messages, some of each call. Shape: those before have been answered, at `done`. How
    /// many depends on how long those took: what comes meanwhile has to wait.
    void next(Clock::time_point done, Clock::time_point now);
    /// What is to be answered. Shape: valid until `next`.
    std::span<feed::Message const> messages() const { return messages_; }
    /// Local. Whether the answer to a message is to be GeoJSON.
    bool wants_features(std::size_t message) const { return call_of_[message]->features; }
    /// Local. The answer to a message; the last one of a call sends its reply.
    void answer(std::size_t message, RequestBatch::Slot& slot);
    /// Requests of a call that are answered together, at most.
    std::size_t share() const { return share_; }

  private:
    struct Asked {
        web::Call call;
        std::string text;                     ///< the requests, and `feed::padding_bytes`
        std::vector<feed::Message> requests;  ///< of it
        std::size_t taken = 0;                ///< of them, as messages
        std::size_t left = 0;                 ///< of them, not yet answered
        bool single = true;
        bool features = false;
        bool any_answered = false;
        int first_status = 0;  ///< of the first request that was refused
        std::string answers;
    };
    static void send(Asked& asked);
    void refuse(Asked& asked, int status, std::string_view code, std::string const& message);
    void add_query(Asked& asked);
    void add_body(Asked& asked);
    void add_request(Asked& asked, std::size_t from, std::size_t size, std::uint64_t number) const;

    Limits limits_;
    std::list<Asked> calls_;
    std::vector<feed::Message> messages_;
    std::vector<Asked*> call_of_;  ///< each message's
    std::size_t share_;
    Clock::time_point since_{};  ///< when the messages were taken
};

}  // namespace tessera::desk
