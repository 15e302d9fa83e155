#pragma once
#include <string_view>

namespace tessera::feed {

/// Whether a text has nothing but white space.
inline bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

}  // namespace tessera::feed
