#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tessera::report {

/// Seconds of the ranks.
struct Spread {
    double max = 0, mean = 0, min = 0;
};

/// What the ranks sent each other by one kind of collective, or by all.
struct SentRow {
    std::string name;
    std::uint64_t calls = 0;          ///< of the rank with most
    std::uint64_t messages = 0;       ///< of all ranks
    std::uint64_t bytes = 0;          ///< of all ranks
    std::uint64_t most_messages = 0;  ///< of the rank with most
    std::uint64_t most_bytes = 0;     ///< of the rank with most
    Spread seconds{};                 ///< within it, waiting for others included
};

/// What of a stage's time went into something that is no collective.
struct StagePart {
    std::string name;
    Spread seconds;
};

/// A stage of a command.
struct StageTiming {
    std::string name;
    Spread seconds;                ///< waiting for others included
    SentRow all;                   ///< of all kinds
    std::vector<SentRow> by_kind;  ///< of those that were called
    std::vector<StagePart> parts;
    std::uint64_t batches = 0;         ///< of requests
    std::uint64_t questions = 0;       ///< in them
    std::uint64_t batch_messages = 0;  ///< of all batches and ranks
    std::uint64_t batch_bytes = 0;
};

/// Local. The stages as a table for people, each with its kinds of collective below it; then a line for each stage that
/// has batches.
std::string timings_table(std::vector<StageTiming> const& stages);

/// What a run was, for whoever compares several.
struct TimedRun {
    std::string program;  ///< "tessera 0.1.0"
    std::string command;
    int ranks = 1;
    int hosts = 1;
    int threads = 1;          ///< of a rank, the most that one has
    double started_at = 0;    ///< when MPI was ready on the root, in seconds since 1970-01-01 UTC
    std::uint64_t trips = 0;  ///< of an ingest: that were kept, and the bytes that were read for them
    std::uint64_t input_bytes = 0;
    Spread start_up;  ///< seconds from the process' first instruction to MPI being ready
    std::vector<StageTiming> stages;
};

/// Local. All of it as one JSON object: seconds, bytes.
std::string timings_json(TimedRun const& run);

}  // namespace tessera::report
