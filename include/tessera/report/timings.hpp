#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tessera::report {

/// What the ranks sent each other by one kind of collective, or by all.
struct SentRow {
    std::string name;
    std::uint64_t calls = 0;          ///< of the rank with most
    std::uint64_t messages = 0;       ///< of all ranks
    std::uint64_t bytes = 0;          ///< of all ranks
    std::uint64_t most_messages = 0;  ///< of the rank with most
    std::uint64_t most_bytes = 0;     ///< of the rank with most
};

/// A stage of a command.
struct StageTiming {
    std::string name;
    double seconds = 0;                ///< of the slowest rank, waiting for others included
    SentRow all;                       ///< of all kinds
    std::vector<SentRow> by_kind;      ///< of those that were called
    std::uint64_t batches = 0;         ///< of requests
    std::uint64_t questions = 0;       ///< in them
    std::uint64_t batch_messages = 0;  ///< of all batches and ranks
    std::uint64_t batch_bytes = 0;
};

/// Local. The stages as a table for people, each with its kinds of collective below it; then a line for each stage that
/// has batches.
std::string timings_table(std::vector<StageTiming> const& stages);

}  // namespace tessera::report
