#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "tessera/core/trip.hpp"
#include "tessera/query/trip_index.hpp"
#include "tessera/request/request.hpp"

namespace tessera::request {

/// A ride that answers a request, whole, so that who merges answers need not ask for it again.
struct FoundRide {
    double metres = 0;  ///< from the point of a nearest request
    core::Trip trip;
};

/// What one rank found for one request, or several ranks together. Only the members of its operation are filled.
struct Part {
    Outcome outcome = Outcome::answered;
    std::string message;           ///< why, where the outcome is another
    std::uint64_t matched = 0;     ///< of a range: all that match, listed or not
    std::vector<FoundRide> rides;  ///< in order, at most as many as are asked for
    query::Groups groups;          ///< in order of their keys
    query::Looked looked;
    std::chrono::nanoseconds work{};  ///< of the slowest rank
};

/// Local. The part that neighbours are, with their trips.
Part part_of(query::TripIndex const& index, std::vector<query::Neighbour> const& neighbours,
             query::Looked const& looked);

/// Local, OpenMP. What the loaded trips have to say to a question. Never throws: a failure is an outcome.
Part answer_part(query::TripIndex const& index, Question const& question, Limits const& limits) noexcept;

/// Local, OpenMP. The parts of many questions: heavy ones one after the other by all threads, the many light ones side
/// by side, and nearest ones along the curve. Where `mine` is 0, this rank has nothing to do. Shapes: parts and mine
/// have an entry a question.
void answer_parts(query::TripIndex const& index, std::vector<Question const*> const& questions,
                  std::vector<std::uint8_t> const& mine, Limits const& limits, std::vector<Part>& parts);

/// Local. The part over the trips of both; of a failure, that alone. Associative and commutative, but for the messages
/// of equal failures, where a's comes first.
Part merge(Part a, Part b, Question const& question);

/// Local. What is wrong with a whole answer, where it is larger than it may be: then its outcome is `too_large`.
void require_size(Part& whole, Request const& request, Limits const& limits);

}  // namespace tessera::request
