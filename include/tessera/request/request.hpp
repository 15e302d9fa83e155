#pragma once
#include <cstdint>
#include <string>
#include <variant>

#include "tessera/query/aggregate.hpp"
#include "tessera/query/nearest.hpp"
#include "tessera/query/range.hpp"
#include "tessera/request/cost.hpp"

namespace tessera::request {

/// What a request asks, in the order of Operation. A range question's limit is at least 1 here: see
/// `Request::all_rows`.
using Question = std::variant<query::NearestQuestion, query::RangeQuestion, query::AggregateQuestion>;

/// Local. Which operation a question is.
inline Operation operation_of(Question const& question) {
    return static_cast<Operation>(question.index());
}
/// Local. The words that every question shares.
inline query::Filter const& filter_of(Question const& question) {
    return std::visit([](auto const& q) -> query::Filter const& { return q.filter; }, question);
}
/// Local. Rows that its answer may hold at most; 0 for groups, whose number nobody knows before.
std::uint64_t rows_asked(Question const& question);

/// A line that is a request.
struct Request {
    std::string id;  ///< as in Answered
    Question question;
    bool all_rows = false;  ///< of a range with limit 0: more rows than the limit are an error, not cut off
};

/// A line that gets an error answer.
struct Refusal {
    std::string id;                      ///< as in Answered; found even in lines that are no JSON, where it comes early
    std::optional<Operation> operation;  ///< where the line says
    Outcome outcome = Outcome::bad_request;
    std::string message;
};

/// What a request may ask for; going past it is an error answer.
struct Limits {
    std::uint64_t most_k = 10'000;
    std::uint64_t most_rows = 10'000;  ///< of a range's list, and of groups
};

}  // namespace tessera::request
