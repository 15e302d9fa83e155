#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::feed {

/// A line that its place does not take, however often it is sent.
struct LongLine {
    std::size_t number = 0;  ///< from 0: its place among the lines since the last flush
    std::size_t bytes = 0;   ///< without its line end
};

/// Where answers go. Only the root has one.
class Sink {
  public:
    virtual ~Sink() = default;
    /// Local. Hands over lines, each with its line end; in Kafka each is a message (without the line end). Throws
    /// core::DataError where the place does not take them.
    virtual void put(std::string_view lines) = 0;
    /// Local. Returns once all that was put has been taken: written to the file or pipe, or acknowledged by the broker.
    virtual void flush() = 0;
    /// Local. Flushes, but lines that are too long for the place are no failure: returns them in order, and that they
    /// are not there. Only Kafka's brokers have such a limit.
    virtual std::vector<LongLine> flush_what_fits();
    /// Local. Flushes, and gives a file its final name; to be called once, at the end of a run that went well.
    virtual void finish() = 0;
};

/// Local. The sink of a place: "-" for standard output, a file's path, or "kafka://HOST:PORT/TOPIC". Throws as
/// `open_source` does.
std::unique_ptr<Sink> open_sink(std::string const& place);

/// Local. Throws core::UsageError for a place that `open_sink` would refuse by its words alone.
void check_sink_place(std::string const& place);

/// Local. Whether a place is a Kafka topic (begins with "kafka://").
bool is_kafka_place(std::string_view place);

}  // namespace tessera::feed
