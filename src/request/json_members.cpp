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

}  // namespace

void Members::add(std::string_view name, element value) {
    auto const found = std::find(member_names.begin(), member_names.end(), name);
    if (found == member_names.end())
        throw BadMember(fmt::format("'{}' is no member of a request; there are {}", name.substr(0, 40),
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
    if (text.size() > most) {
        text.resize(most);
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80)
            text.pop_back();  // not in the middle of a character
        if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.pop_back();
        text += "...";
    }
    return text;
}

}  // namespace tessera::request
