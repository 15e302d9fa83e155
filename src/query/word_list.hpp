#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace tessera::query {

/// Local. Calls `visit(word)` for the words between the commas of a list; an empty list has one empty word.
template <class Visit>
void for_each_word(std::string_view list, Visit&& visit) {
    for (;;) {
        std::size_t const comma = list.find(',');
        visit(list.substr(0, comma));
        if (comma == std::string_view::npos) return;
        list.remove_prefix(comma + 1);
    }
}

/// Local. "a, b, c". (GCC 12 warns inside fmt::join.)
template <class Words>
std::string list_words(Words const& words) {
    std::string list;
    for (std::string_view const word : words)
        list.append(list.empty() ? "" : ", ").append(word);
    return list;
}

}  // namespace tessera::query
