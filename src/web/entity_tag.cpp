#include <algorithm>

#include "tessera/web/call.hpp"

namespace tessera::web {

bool names_tag(std::string_view none_match, std::string_view etag) {
    while (!none_match.empty()) {
        std::string_view tag = none_match.substr(0, none_match.find(','));
        none_match.remove_prefix(std::min(none_match.size(), tag.size() + 1));
        tag.remove_prefix(std::min(tag.size(), tag.find_first_not_of(" \t")));
        tag = tag.substr(0, tag.find_last_not_of(" \t") + 1);
        if (tag == "*") return true;
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag == etag) return true;
    }
    return false;
}

}  // namespace tessera::web
