#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "tessera/feed/message.hpp"
#include "tessera/feed/stop_signal.hpp"

namespace tessera::feed {

/// What a source is asked to do.
struct SourceOptions {
    std::size_t longest_message_bytes = 64 * 1024;  ///< a longer one is cut, marked, and read to its end
    std::uint64_t repeat = 1;                       ///< times that a file is read from its start to its end
};

/// What one call of `Source::take` brought.
struct Taken {
    enum class State { some, paused, ended };
    State state = State::ended;
    std::span<Message const> messages;  ///< valid until the next call
};

/// Where requests come from. Only the root has one.
class Source {
  public:
    virtual ~Source() = default;
    /// Local. What is waiting, at most `most` messages and at least one: sleeps until there is one (`some`), until
    /// `patience` has passed (`paused`), or until the input has ended or a stop is asked for and all that was read has
    /// been handed out (`ended`). Blank lines are passed over, but no message of Kafka's is: who sent it waits. Throws
    /// core::DataError where the input cannot be read.
    virtual Taken take(std::size_t most, std::chrono::milliseconds patience) = 0;
    /// Local. All that was taken so far is answered, and the answers are acknowledged: it need not come again.
    virtual void confirm() = 0;
};

/// Local. The source of a place: "-" for standard input, a file's path, or "kafka://HOST:PORT/TOPIC?group=G". Throws
/// core::UsageError for a place that is written wrongly or that this build cannot reach, core::DataError for one that
/// cannot be opened. The stop signal must outlive the source.
std::unique_ptr<Source> open_source(std::string const& place, SourceOptions const& options, StopSignal const& stop);

/// Local. Throws core::UsageError for a place that `open_source` would refuse by its words alone.
void check_source_place(std::string const& place);

}  // namespace tessera::feed
