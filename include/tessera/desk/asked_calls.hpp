#pragma once
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "tessera/desk/request_batch.hpp"
#include "tessera/web/call.hpp"

namespace tessera::desk {

/// Calls that ask requests, until all of their answers are there. A call may ask many.
class AskedCalls {
  public:
    /// What a body may hold.
    struct Limits {
        std::size_t requests = 1000;                 ///< in a body
        std::size_t answer_bytes = 64UL << 20U;      ///< for a body; what comes later is refused
        std::size_t longest_line_bytes = 64 * 1024;  ///< of a request
    };
    explicit AskedCalls(Limits limits) : limits_(limits) {}

    /// Local. Takes the requests of a call in; one that has none is replied to at once.
    void add(web::Call&& call);
    /// What has been taken in, one after the other. Shape: valid until the next `clear`.
    std::span<feed::Message const> messages() const { return messages_; }
    /// Local. Whether the answer to a message is to be GeoJSON. `message` counts from the last `clear`.
    bool wants_features(std::size_t message) const { return calls_[call_of_[message]].features; }
    /// Local. The answer to a message; the last one of a call sends its reply.
    void answer(std::size_t message, RequestBatch::Slot& slot);
    /// Local. Forgets all. Shape: all messages have been answered.
    void clear();

  private:
    struct Asked {
        web::Call call;
        std::string text;      ///< the requests, and `feed::padding_bytes`
        std::size_t left = 0;  ///< requests that are not yet answered
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
    void add_message(Asked& asked, std::size_t from, std::size_t size, std::uint64_t number);

    Limits limits_;
    std::deque<Asked> calls_;
    std::vector<feed::Message> messages_;
    std::vector<std::size_t> call_of_;  ///< each message's
};

}  // namespace tessera::desk
