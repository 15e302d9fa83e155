#include "tessera/request/read_request.hpp"

#include <fmt/format.h>

#include "find_id.hpp"
#include "json_values.hpp"
#include "tessera/core/error.hpp"

namespace tessera::request {
namespace {

/// The id as JSON text. Throws BadMember for what is neither a string nor a whole number.
std::string read_id(Members const& members) {
    auto const value = members.get(Member::id);
    if (!value) return {};
    if (!value->is_string() && !value->is_int64() && !value->is_uint64())
        throw BadMember(fmt::format("id must be a string or a whole number, not {}", show(*value)));
    return simdjson::minify(*value);
}

Operation read_operation(Members const& members) {
    auto const value = members.get(Member::op);
    if (!value) throw BadMember("op is missing; it is nearest, range or aggregate");
    std::string_view word;
    if (value->get_string().get(word) == simdjson::SUCCESS)
        for (Operation const operation : {Operation::nearest, Operation::range, Operation::aggregate})
            if (name_of(operation) == word) return operation;
    throw BadMember(fmt::format("op must be nearest, range or aggregate, not {}", show(*value)));
}

query::NearestQuestion read_nearest(Members const& members, Limits const& limits) {
    query::NearestQuestion question;
    question.at = read_point(members, Member::at);
    question.k = read_whole(members, Member::k, 1, limits.most_k, std::min<std::uint64_t>(10, limits.most_k));
    question.within_metres = read_number(members, Member::within_m, 0, 25'000'000);
    question.filter = read_filter(members);
    return question;
}

/// With limit 0, all rows are wanted: as many as an answer may have are looked for, and if there are more it is an
/// error.
query::RangeQuestion read_range(Members const& members, Limits const& limits) {
    query::RangeQuestion question;
    question.filter = read_filter(members);
    question.count_only = read_flag(members, Member::count);
    question.limit =
        read_whole(members, Member::limit, 0, limits.most_rows, std::min<std::uint64_t>(100, limits.most_rows));
    return question;
}

query::AggregateQuestion read_aggregate(Members const& members) {
    if (!members.get(Member::by)) throw BadMember("by is missing; give a list of keys like [\"hour\"]");
    return {query::parse_keys(read_words(members, Member::by, "")),
            query::parse_measures(read_words(members, Member::measure, "trips")), read_filter(members)};
}

Request read_question(std::string id, Operation operation, Members const& members, Limits const& limits) {
    members.require_fit(operation);
    switch (operation) {
        case Operation::nearest:
            return {std::move(id), read_nearest(members, limits)};
        case Operation::range: {
            query::RangeQuestion question = read_range(members, limits);
            bool const all = question.limit == 0;
            if (all) question.limit = limits.most_rows;
            return {std::move(id), question, all && !question.count_only};
        }
        default:
            return {std::move(id), read_aggregate(members)};
    }
}

}  // namespace

struct RequestReader::Parser {
    simdjson::dom::parser json;
};

RequestReader::RequestReader(Limits limits) : parser_(std::make_unique<Parser>()), limits_(limits) {}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

std::variant<Request, Refusal> RequestReader::read(std::string_view line) {
    simdjson::dom::object object;
    element document;
    auto const error = parser_->json.parse(line.data(), line.size(), false).get(document);
    if (error != simdjson::SUCCESS)
        return Refusal{find_id(line), std::nullopt, Outcome::bad_json,
                       fmt::format("the line is no JSON ({})", simdjson::error_message(error))};
    if (document.get_object().get(object) != simdjson::SUCCESS)
        return Refusal{
            {}, std::nullopt, Outcome::bad_json, fmt::format("a request is a JSON object, not {}", show(document))};
    Refusal refusal;
    try {
        Members members;
        std::string late_error;  // the id may still follow
        for (auto const [name, value] : object)
            try {
                members.add(name, value);
            } catch (BadMember const& bad) {
                if (late_error.empty()) late_error = bad.what();
            }
        refusal.id = read_id(members);
        if (!late_error.empty()) throw BadMember(late_error);
        refusal.operation = read_operation(members);
        return read_question(refusal.id, *refusal.operation, members, limits_);
    } catch (BadMember const& bad) {
        refusal.message = bad.what();
    } catch (core::UsageError const& bad) {  // of keys and measures, in the command line's own words
        refusal.message = bad.what();
    }
    return refusal;
}

Refusal RequestReader::refuse_long_line(std::string_view first_bytes, std::size_t most_bytes) {
    return {find_id(first_bytes), std::nullopt, Outcome::too_long,
            fmt::format("the line is longer than {} bytes (--max-line)", most_bytes)};
}

std::uint64_t rows_asked(Question const& question) {
    if (auto const* const nearest = std::get_if<query::NearestQuestion>(&question)) return nearest->k;
    if (auto const* const range = std::get_if<query::RangeQuestion>(&question))
        return range->count_only ? 0 : range->limit;
    return 0;
}

}  // namespace tessera::request
