#include "json_members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace tessera::request {
namespace {

using enum Member;

constexpr std::array shared{id, op, from, to, box, on, source};
constexpr std::array of_nearest{at, k, within_m};
constexpr std::array of_range{limit, Member::count};
constexpr std::array of_aggregate{by, measure};

std::span<Member const> own_members(Operation operation) {
    switch (operation) {
        case Operation::nearest:
            return of_nearest;
        case Operation::range:
            return of_range;
        default:
            return of_aggregate;
    }
}

std::string list_names(std::span<Member const> own) {
    std::string list;
    for (auto const members : {std::span<Member const>(shared), own})
        for (Member const member : members)
            list += (list.empty() ? "" : ", ") + std::string(member_names[static_cast<std::size_t>(member)]);
    return list;
}

/// The first `most` bytes of UTF-8, or a few fewer: no character is cut.
std::string cut_between_characters(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
        --most;
    return std::string(text.substr(0, most));
}

/// A name as a message can hold it: short, and a NUL would end the message.
std::string show_name(std::string_view name) {
    std::string text = cut_between_characters(name, 40);
    std::replace(text.begin(), text.end(), '\0', '?');
    return text;
}

}  // namespace

void Members::add(std::string_view name, element value) {
    auto const found = std::find(member_names.begin(), member_names.end(), name);
    if (found == member_names.end())
        throw BadMember(fmt::format("'{}' is no member of a request; there are {}", show_name(name),
                                    fmt::join(member_names, ", ")));
    auto const place = static_cast<std::size_t>(found - member_names.begin());
    if (given_[place]) throw BadMember(fmt::format("'{}' is given twice", name));
    given_[place] = true;
    if (!value.is_null()) values_[place] = value;
}

void Members::require_fit(Operation operation) const {
    auto const own = own_members(operation);
    for (std::size_t place = shared.size(); place < member_names.size(); ++place)
        if (values_[place] && std::find(own.begin(), own.end(), static_cast<Member>(place)) == own.end())
            throw BadMember(fmt::format("'{}' is no member of a request of op {}; it has {}", member_names[place],
                                        name_of(operation), list_names(own)));
}

std::string show(element value) {
    constexpr std::size_t most = 60;
    std::string text = simdjson::minify(value);
    if (text.size() > most) text = cut_between_characters(text, most) + "...";
    return text;
}

}  // namespace tessera::request
