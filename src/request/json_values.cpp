#include "json_values.hpp"

#include <fmt/format.h>

#include <utility>

#include "tessera/core/civil_time.hpp"

namespace tessera::request {
namespace {

std::string_view name_of(Member member) {
    return member_names[static_cast<std::size_t>(member)];
}

[[noreturn]] void refuse(Member member, std::string_view what_is_right, element given) {
    throw BadMember(fmt::format("{} must be {}, not {}", name_of(member), what_is_right, show(given)));
}

/// A longitude or latitude as an angle; nothing where it is none.
std::optional<std::int32_t> read_angle(element value, double most_degrees) {
    double degrees = 0;
    if (value.get_double().get(degrees) != simdjson::SUCCESS) return std::nullopt;
    if (!(degrees >= -most_degrees && degrees <= most_degrees)) return std::nullopt;
    return geo::angle_from_degrees(degrees);
}

/// Longitudes and latitudes in turn; nothing where the value is no list of exactly `n` of them.
template <std::size_t n>
std::optional<std::array<std::int32_t, n>> read_angles(element value) {
    simdjson::dom::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS || list.size() != n) return std::nullopt;
    std::array<std::int32_t, n> angles{};
    std::size_t place = 0;
    for (element const one : list) {
        auto const angle = read_angle(one, place % 2 == 0 ? 180 : 90);
        if (!angle) return std::nullopt;
        angles[place++] = *angle;
    }
    return angles;
}

std::optional<core::WallTime> read_time(Members const& members, Member member) {
    auto const value = members.get(member);
    if (!value) return std::nullopt;
    std::string_view text;
    bool const is_text = value->get_string().get(text) == simdjson::SUCCESS;
    auto const time = is_text ? core::parse_wall_time(text) : std::nullopt;
    if (!time) refuse(member, "a time like \"2014-04-01T08:00\" or a date", *value);
    return time;
}

std::optional<geo::Box> read_box(Members const& members) {
    auto const value = members.get(Member::box);
    if (!value) return std::nullopt;
    auto const edges = read_angles<4>(*value);
    if (!edges) refuse(Member::box, "[W,S,E,N] in degrees", *value);
    geo::Box const box{(*edges)[0], (*edges)[1], (*edges)[2], (*edges)[3]};
    if (box.empty()) refuse(Member::box, "[W,S,E,N] with W at most E and S at most N", *value);
    return box;
}

query::End read_end(Members const& members) {
    auto const value = members.get(Member::on);
    if (!value) return query::End::pickup;
    std::string_view text;
    bool const is_text = value->get_string().get(text) == simdjson::SUCCESS;
    if (is_text && text == "pickup") return query::End::pickup;
    if (is_text && text == "dropoff") return query::End::dropoff;
    refuse(Member::on, "\"pickup\" or \"dropoff\"", *value);
}

query::SourceSet read_sources(Members const& members) {
    auto const value = members.get(Member::source);
    if (!value) return {};
    std::string const words = read_words(members, Member::source, "");
    query::SourceSet set = query::SourceSet::none();
    for (std::size_t begin = 0; begin <= words.size();) {
        std::size_t const end = std::min(words.find(',', begin), words.size());
        auto const source = core::find_source(std::string_view(words).substr(begin, end - begin));
        if (!source) refuse(Member::source, "some of [\"yellow\",\"green\",\"uber\"]", *value);
        set.add(*source);
        begin = end + 1;
    }
    return set;
}

}  // namespace

std::uint64_t read_whole(Members const& members, Member member, std::uint64_t least, std::uint64_t most,
                         std::uint64_t absent) {
    auto const value = members.get(member);
    if (!value) return absent;
    std::uint64_t number = 0;
    if (value->get_uint64().get(number) != simdjson::SUCCESS || number < least || number > most)
        refuse(member, fmt::format("from {} to {}", least, most), *value);
    return number;
}

std::optional<double> read_number(Members const& members, Member member, double least, double most) {
    auto const value = members.get(member);
    if (!value) return std::nullopt;
    double number = 0;
    if (value->get_double().get(number) != simdjson::SUCCESS || !(number >= least && number <= most))
        refuse(member, fmt::format("a number from {} to {}", least, most), *value);
    return number;
}

bool read_flag(Members const& members, Member member) {
    auto const value = members.get(member);
    bool flag = false;
    if (value && value->get_bool().get(flag) != simdjson::SUCCESS) refuse(member, "true or false", *value);
    return flag;
}

geo::Point read_point(Members const& members, Member member) {
    auto const value = members.get(member);
    if (!value) throw BadMember(fmt::format("{} is missing; give [LON,LAT] in degrees", name_of(member)));
    auto const angles = read_angles<2>(*value);
    if (!angles) refuse(member, "[LON,LAT] in degrees", *value);
    return {(*angles)[0], (*angles)[1]};
}

std::string read_words(Members const& members, Member member, std::string_view absent) {
    auto const value = members.get(member);
    if (!value) return std::string(absent);
    std::string_view word;
    if (value->get_string().get(word) == simdjson::SUCCESS) return std::string(word);
    simdjson::dom::array list;
    if (value->get_array().get(list) != simdjson::SUCCESS) refuse(member, "a list of strings", *value);
    std::string words;
    bool first = true;  // an empty word is one, too: whoever reads the words refuses it
    for (element const one : list) {
        if (one.get_string().get(word) != simdjson::SUCCESS) refuse(member, "a list of strings", *value);
        if (!std::exchange(first, false)) words += ',';
        words += word;
    }
    return words;
}

query::Filter read_filter(Members const& members) {
    query::Filter filter;
    filter.from = read_time(members, Member::from);
    filter.to = read_time(members, Member::to);
    if (filter.from && filter.to && !(*filter.from < *filter.to))
        throw BadMember(fmt::format("the window from {} to {} is empty; to must be later than from",
                                    show(*members.get(Member::from)), show(*members.get(Member::to))));
    filter.box = read_box(members);
    filter.on = read_end(members);
    filter.sources = read_sources(members);
    return filter;
}

}  // namespace tessera::request
