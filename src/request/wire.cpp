#include "tessera/request/wire.hpp"

#include "tessera/query/pack_groups.hpp"

namespace tessera::request {
namespace {

/// A group's key, or a list of such, is trivially copyable, and so are filters and what holds nothing but them.
static_assert(std::is_trivially_copyable_v<query::NearestQuestion> &&
              std::is_trivially_copyable_v<query::RangeQuestion>);

void put_text(WireWriter& out, std::string_view text) {
    out.put_list(std::span<char const>(text));
}
std::string get_text(WireReader& in) {
    auto const characters = in.get_list<char>();
    return {characters.begin(), characters.end()};
}

}  // namespace

void WireWriter::append(void const* from, std::size_t size) {
    if (size == 0) return;
    std::size_t const before = bytes_.size();
    bytes_.resize(before + size);
    std::memcpy(bytes_.data() + before, from, size);
}

void put_question(WireWriter& out, Question const& question) {
    out.put(operation_of(question));
    if (auto const* const nearest = std::get_if<query::NearestQuestion>(&question)) return out.put(*nearest);
    if (auto const* const range = std::get_if<query::RangeQuestion>(&question)) return out.put(*range);
    auto const& groups = std::get<query::AggregateQuestion>(question);
    out.put_list(std::span<query::Key const>(groups.keys));
    out.put_list(std::span<query::Measure const>(groups.measures));
    out.put(groups.filter);
}

Question get_question(WireReader& in) {
    switch (in.get<Operation>()) {
        case Operation::nearest:
            return in.get<query::NearestQuestion>();
        case Operation::range:
            return in.get<query::RangeQuestion>();
        default: {
            query::AggregateQuestion question;
            question.keys = in.get_list<query::Key>();
            question.measures = in.get_list<query::Measure>();
            question.filter = in.get<query::Filter>();
            return question;
        }
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
