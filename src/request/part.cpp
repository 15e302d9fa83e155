#include "tessera/request/part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iterator>

namespace tessera::request {
namespace {

using Clock = std::chrono::steady_clock;

core::Trip trip_of(query::TripIndex const& index, std::uint64_t store_row) {
    return core::trip_at(index.loaded().trips, store_row - index.first_store_row());
}

void answer(query::TripIndex const& index, query::NearestQuestion const& question, Limits const&, Part& part) {
    query::Looked looked;
    part = part_of(index, query::find_nearest(index, question, looked), looked);
}

void answer(query::TripIndex const& index, query::RangeQuestion const& question, Limits const&, Part& part) {
    query::RangeAnswer const found = query::find_range(index, question, part.looked);
    part.matched = found.matched;
    part.rides.reserve(found.matches.size());
    for (query::Match const& match : found.matches)
        part.rides.push_back({0, trip_of(index, match.store_row)});
}

/// The number of groups is not told: it would depend on how many ranks looked.
void refuse_groups(Part& part, Limits const& limits) {
    part.outcome = Outcome::too_large;
    part.message = fmt::format(
        "the answer has more than {} groups (--max-rows); take fewer or coarser keys, or a "
        "smaller box",
        limits.most_rows);
    part.groups.clear();
}

void answer(query::TripIndex const& index, query::AggregateQuestion const& question, Limits const& limits, Part& part) {
    part.groups = query::aggregate(index, question, part.looked);
    // There are at least as many over all ranks: no need to send them.
    if (part.groups.size() > limits.most_rows) refuse_groups(part, limits);
}

bool nearest_first(FoundRide const& a, FoundRide const& b) {
    return std::tie(a.metres, a.trip.file, a.trip.line) < std::tie(b.metres, b.trip.file, b.trip.line);
}
bool earliest_first(FoundRide const& a, FoundRide const& b) {
    return std::tie(a.trip.pickup_time, a.trip.file, a.trip.line) <
           std::tie(b.trip.pickup_time, b.trip.file, b.trip.line);
}

std::vector<FoundRide> merge_rides(std::vector<FoundRide> const& a, std::vector<FoundRide> const& b,
                                   Question const& question) {
    std::vector<FoundRide> both;
    both.reserve(a.size() + b.size());
    bool const nearest = operation_of(question) == Operation::nearest;
    std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both),
               nearest ? nearest_first : earliest_first);
    if (both.size() > rows_asked(question)) both.resize(rows_asked(question));
    return both;
}

/// Leaves the worse of two outcomes in `a`, and nothing of what was found.
void take_failure(Part& a, Part& b) {
    if (b.outcome > a.outcome) {
        a.outcome = b.outcome;
        a.message = std::move(b.message);
    }
    a.matched = 0;
    a.rides.clear();
    a.groups.clear();
}

}  // namespace

Part part_of(query::TripIndex const& index, std::vector<query::Neighbour> const& neighbours,
             query::Looked const& looked) {
    Part part;
    part.looked = looked;
    part.rides.reserve(neighbours.size());
    for (query::Neighbour const& neighbour : neighbours)
        part.rides.push_back({neighbour.metres, trip_of(index, neighbour.store_row)});
    return part;
}

Part answer_part(query::TripIndex const& index, Question const& question, Limits const& limits) noexcept {
    auto const start = Clock::now();
    Part part;
    try {
        std::visit([&](auto const& q) { answer(index, q, limits, part); }, question);
    } catch (std::exception const& error) {
        part = Part{};
        part.outcome = Outcome::failed;
        part.message = error.what();
    }
    part.work = Clock::now() - start;
    return part;
}

Part merge(Part a, Part b, Question const& question) {
    if (a.outcome == Outcome::answered && b.outcome == Outcome::answered) {
        a.matched += b.matched;
        if (a.rides.empty())
            a.rides = std::move(b.rides);
        else if (!b.rides.empty())
            a.rides = merge_rides(a.rides, b.rides, question);
        a.groups = a.groups.empty() ? std::move(b.groups) : query::merge(std::move(a.groups), std::move(b.groups));
    } else {
        take_failure(a, b);
    }
    a.looked.tiles += b.looked.tiles;
    a.looked.rows += b.looked.rows;
    a.work = std::max(a.work, b.work);
    return a;
}

void require_size(Part& whole, Request const& request, Limits const& limits) {
    if (whole.outcome != Outcome::answered) return;
    if (whole.groups.size() > limits.most_rows) refuse_groups(whole, limits);
    if (request.all_rows && whole.matched > limits.most_rows) {
        whole.outcome = Outcome::too_large;
        whole.message = fmt::format("limit 0 asks for all {} rides, and at most {} are given (--max-rows)",
                                    whole.matched, limits.most_rows);
        whole.rides.clear();
    }
}

}  // namespace tessera::request
