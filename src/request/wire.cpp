#include "tessera/request/wire.hpp"

#include "tessera/query/pack_groups.hpp"

namespace tessera::request {
namespace {

void put_text(WireWriter& out, std::string_view text) {
    out.put_list(std::span<char const>(text));
}
std::string get_text(WireReader& in) {
    auto const characters = in.get_list<char>();
    return {characters.begin(), characters.end()};
}

void put_nearest(WireWriter& out, query::NearestQuestion const& question) {
    out.put(question.at);
    out.put(std::uint64_t{question.k});
    out.put(question.within_metres);
    put_filter(out, question.filter);
}
query::NearestQuestion get_nearest(WireReader& in) {
    query::NearestQuestion question;
    question.at = in.get<geo::Point>();
    question.k = in.get<std::uint64_t>();
    question.within_metres = in.get_optional<double>();
    question.filter = get_filter(in);
    return question;
}

void put_range(WireWriter& out, query::RangeQuestion const& question) {
    put_filter(out, question.filter);
    out.put(question.limit);
    out.put(std::uint8_t{question.count_only});
}
query::RangeQuestion get_range(WireReader& in) {
    query::RangeQuestion question;
    question.filter = get_filter(in);
    question.limit = in.get<std::uint64_t>();
    question.count_only = in.get<std::uint8_t>() != 0;
    return question;
}

void put_aggregate(WireWriter& out, query::AggregateQuestion const& question) {
    out.put_list(std::span<query::Key const>(question.keys));
    out.put_list(std::span<query::Measure const>(question.measures));
    put_filter(out, question.filter);
}
query::AggregateQuestion get_aggregate(WireReader& in) {
    query::AggregateQuestion question;
    question.keys = in.get_list<query::Key>();
    question.measures = in.get_list<query::Measure>();
    question.filter = get_filter(in);
    return question;
}

}  // namespace

void WireWriter::append(std::span<std::byte const> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void put_filter(WireWriter& out, query::Filter const& filter) {
    out.put(filter.from);
    out.put(filter.to);
    out.put(filter.box);
    out.put(filter.on);
    out.put(filter.sources);
}

query::Filter get_filter(WireReader& in) {
    query::Filter filter;
    filter.from = in.get_optional<core::WallTime>();
    filter.to = in.get_optional<core::WallTime>();
    filter.box = in.get_optional<geo::Box>();
    filter.on = in.get<query::End>();
    filter.sources = in.get<query::SourceSet>();
    return filter;
}

void put_question(WireWriter& out, Question const& question) {
    out.put(operation_of(question));
    if (auto const* const nearest = std::get_if<query::NearestQuestion>(&question)) return put_nearest(out, *nearest);
    if (auto const* const range = std::get_if<query::RangeQuestion>(&question)) return put_range(out, *range);
    put_aggregate(out, std::get<query::AggregateQuestion>(question));
}

Question get_question(WireReader& in) {
    switch (in.get<Operation>()) {
        case Operation::nearest:
            return get_nearest(in);
        case Operation::range:
            return get_range(in);
        default:
            return get_aggregate(in);
    }
}

void put_part(WireWriter& out, Part const& part) {
    out.put(part.outcome);
    put_text(out, part.message);
    out.put(part.matched);
    out.put_list(std::span<FoundRide const>(part.rides));
    out.put_list(std::span<std::uint64_t const>(query::pack_groups(part.groups)));
    out.put(part.looked);
    out.put(part.work);
}

Part get_part(WireReader& in) {
    Part part;
    part.outcome = in.get<Outcome>();
    part.message = get_text(in);
    part.matched = in.get<std::uint64_t>();
    part.rides = in.get_list<FoundRide>();
    part.groups = query::unpack_groups(in.get_list<std::uint64_t>());
    part.looked = in.get<query::Looked>();
    part.work = in.get<std::chrono::nanoseconds>();
    return part;
}

}  // namespace tessera::request
