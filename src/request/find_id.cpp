#include "find_id.hpp"

#include <cctype>
#include <cstddef>

namespace tessera::request {
namespace {

/// One past the closing quote of the string that begins at `begin`; npos where it does not end, or holds what JSON
/// strings must not.
std::size_t end_of_string(std::string_view line, std::size_t begin) {
    for (std::size_t i = begin + 1; i < line.size(); ++i) {
        auto const c = static_cast<unsigned char>(line[i]);
        if (c < 0x20) return std::string_view::npos;
        if (c == '\\')
            ++i;
        else if (c == '"')
            return i + 1;
    }
    return std::string_view::npos;
}

std::size_t skip_blanks(std::string_view line, std::size_t at) {
    while (at < line.size() && std::isspace(static_cast<unsigned char>(line[at])))
        ++at;
    return at;
}

/// JSON numbers have no zero in front, and what comes back stands in an answer as it is.
bool has_idle_zero(std::string_view value) {
    std::string_view const digits = value.substr(value.front() == '-' ? 1 : 0);
    return digits.size() > 1 && digits.front() == '0';
}

/// The string or whole number at `at`, if it ends there; not one with escapes or beyond ASCII, which might be broken
/// too.
std::string plain_value(std::string_view line, std::size_t at) {
    constexpr std::size_t longest = 200;
    std::size_t end = at;
    if (at < line.size() && line[at] == '"') {
        end = end_of_string(line, at);
        if (end == std::string_view::npos) return {};
    } else {
        if (end < line.size() && line[end] == '-') ++end;
        while (end < line.size() && std::isdigit(static_cast<unsigned char>(line[end])))
            ++end;
        std::size_t const next = skip_blanks(line, end);
        if (end == at || line[end - 1] == '-' || next == line.size() || (line[next] != ',' && line[next] != '}'))
            return {};
    }
    std::string_view const value = line.substr(at, end - at);
    if (value.size() > longest || has_idle_zero(value)) return {};
    for (char const c : value)
        if (c == '\\' || static_cast<unsigned char>(c) >= 0x7f) return {};
    return std::string(value);
}

}  // namespace

std::string find_id(std::string_view line) {
    int depth = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char const c = line[i];
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        if (c != '"') continue;
        std::size_t const end = end_of_string(line, i);
        if (end == std::string_view::npos) return {};
        std::size_t const colon = skip_blanks(line, end);
        bool const is_name = colon < line.size() && line[colon] == ':';
        if (is_name && depth == 1 && line.substr(i, end - i) == "\"id\"")
            return plain_value(line, skip_blanks(line, colon + 1));
        i = end - 1;
    }
    return {};
}

}  // namespace tessera::request
