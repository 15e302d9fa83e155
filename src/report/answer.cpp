#include "tessera/report/answer.hpp"

#include <fmt/format.h>

#include <sstream>

#include "tessera/core/error.hpp"
#include "tessera/report/aggregate.hpp"
#include "tessera/report/group.hpp"
#include "tessera/report/literal.hpp"
#include "tessera/report/quote.hpp"
#include "tessera/report/ride.hpp"

namespace tessera::report {
namespace {

void append_id(std::string& text, std::string const& id) {
    text += '{';
    if (id.empty()) return;
    text += "\"id\":";
    text += id;
    text += ',';
}

void append_groups(std::string& text, query::AggregateQuestion const& question, query::Groups const& groups) {
    text += ",\"columns\":";
    text += columns_json(question);
    text += ",\"rows\":[";
    char const* separator = "";
    for (query::Group const& group : groups) {
        text += separator;
        append_group_json(text, group, question);
        separator = ",";
    }
    text += ']';
}

void append_cost(std::string& text, request::Part const& whole, std::uint32_t ranks) {
    text += ",\"cost\":{\"ranks\":";
    append_count(text, ranks);
    text += ",\"tiles\":";
    append_count(text, whole.looked.tiles);
    text += ",\"rows\":";
    append_count(text, whole.looked.rows);
    text += '}';
}

}  // namespace

AnswerWriter::AnswerWriter(std::vector<std::string> const& files, bool explain) : explain_(explain) {
    for (std::string const& name : files)
        file_literals_.push_back(quote_json(name));
}

std::string const& AnswerWriter::file_of(request::FoundRide const& ride) const {
    std::size_t const file = ride.trip.file.count;
    if (file < file_literals_.size()) return file_literals_[file];
    throw core::DataError(
        fmt::format("a trip names file {}, but the store lists {} (the store is damaged); ingest again", file,
                    file_literals_.size()));
}

void AnswerWriter::append_rides(std::string& text, std::vector<request::FoundRide> const& rides,
                                bool with_metres) const {
    text += ",\"rides\":[";
    for (request::FoundRide const& ride : rides) {
        if (&ride != &rides.front()) text += ',';
        append_ride_json(text, ride.trip, file_of(ride), with_metres ? std::optional(ride.metres) : std::nullopt);
    }
    text += ']';
}

void AnswerWriter::append_body(std::string& text, request::Request const& request, request::Part const& whole) const {
    switch (request::operation_of(request.question)) {
        case request::Operation::nearest:
            return append_rides(text, whole.rides, true);
        case request::Operation::range:
            text += ",\"matched\":";
            append_count(text, whole.matched);
            if (!std::get<query::RangeQuestion>(request.question).count_only) append_rides(text, whole.rides, false);
            return;
        default:
            append_groups(text, std::get<query::AggregateQuestion>(request.question), whole.groups);
    }
}

void AnswerWriter::append_answer(std::string& text, request::Request const& request, request::Part const& whole,
                                 std::chrono::nanoseconds work, std::uint32_t ranks, std::string const& body) const {
    append_id(text, request.id);
    text += "\"op\":\"";
    text += request::name_of(request::operation_of(request.question));
    text += "\",\"micros\":";
    append_count(text, static_cast<std::uint64_t>((work.count() + 500) / 1000));
    if (explain_) append_cost(text, whole, ranks);
    text += body;
    text += "}\n";
}

void AnswerWriter::append_features(std::string& text, request::Request const& request,
                                   request::Part const& whole) const {
    if (auto const* const question = std::get_if<query::AggregateQuestion>(&request.question)) {
        std::ostringstream cells;
        write_groups(cells, Format::geojson, whole.groups, *question);
        text += std::move(cells).str();
        return;
    }
    bool const nearest = request::operation_of(request.question) == request::Operation::nearest;
    query::End const on = request::filter_of(request.question).on;
    text += features_head;
    std::uint64_t rank = 0;
    for (request::FoundRide const& ride : whole.rides) {
        text += rank == 0 ? "\n" : features_separator;
        ++rank;
        append_ride_feature(text, ride.trip, file_of(ride), on,
                            nearest ? std::optional(Standing{rank, ride.metres}) : std::nullopt);
    }
    text += features_foot;
}

void AnswerWriter::append_refusal(std::string& text, request::Refusal const& refusal, std::uint64_t number) {
    append_id(text, refusal.id);
    text += "\"error\":{\"code\":\"";
    text += request::name_of(refusal.outcome);
    text += "\",\"message\":";
    text += quote_json(refusal.id.empty() && number > 0 ? fmt::format("line {}: {}", number, refusal.message)
                                                        : refusal.message);
    text += "}}\n";
}

}  // namespace tessera::report
