#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tessera::request {

enum class Operation : std::uint8_t { nearest, range, aggregate };
inline constexpr std::size_t operation_count = 3;

/// Local. "nearest", "range" or "aggregate".
std::string_view name_of(Operation operation);

/// How a request ended. All but `answered` are the `code` of an error answer.
enum class Outcome : std::uint8_t {
    answered,
    bad_json,     ///< the line is no JSON object
    bad_request,  ///< an object, but no request: an unknown or missing member, a value out of its limits
    too_long,     ///< the line is longer than --max-line
    too_large,    ///< the answer has more rows than --max-rows, or more bytes than its topic takes
    failed        ///< a rank failed on it, for lack of memory for instance
};
inline constexpr std::size_t outcome_count = 6;

/// Local. "answered", "bad_json", ...
std::string_view name_of(Outcome outcome);

/// What one request cost. queue + work is all the time from its arrival until its answer was handed over.
struct Cost {
    std::chrono::nanoseconds
        queue{};  ///< nobody worked on it: it waited for its turn, its batch, other ranks, the output
    std::chrono::nanoseconds work{};  ///< reading it, the slowest rank's search, merging and writing its answer
    std::uint32_t ranks = 0;          ///< ranks that own tiles which it could touch
    std::uint64_t tiles = 0;          ///< tiles that were looked into, over all ranks
    std::uint64_t rows = 0;           ///< rows that were looked at, over all ranks
};

/// One request that has been dealt with.
struct Answered {
    std::string id;                      ///< JSON text: "\"a\"" or "17"; empty where it had none
    std::optional<Operation> operation;  ///< nothing where the line does not say
    Outcome outcome = Outcome::answered;
    Cost cost;
};

}  // namespace tessera::request
