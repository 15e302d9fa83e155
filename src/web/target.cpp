#include "tessera/web/target.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tessera/core/error.hpp"

namespace tessera::web {
namespace {

std::optional<unsigned> read_hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

/// Without its escapes (RFC 3986); in a query a plus is a blank, as forms send it. No control characters.
std::optional<std::string> decode(std::string_view text, bool plus_is_blank) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+' && plus_is_blank) c = ' ';
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            auto const high = read_hex_digit(text[i + 1]), low = read_hex_digit(text[i + 2]);
            if (!high || !low) return std::nullopt;
            c = static_cast<char>(*high << 4U | *low);
            i += 2;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return std::nullopt;
        decoded += c;
    }
    return decoded;
}

bool read_query(std::string_view text, Query& query) {
    while (!text.empty()) {
        std::string_view const pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        if (pair.empty()) continue;
        std::size_t const equals = std::min(pair.find('='), pair.size());
        auto name = decode(pair.substr(0, equals), true);
        auto value = decode(pair.substr(std::min(pair.size(), equals + 1)), true);
        if (!name || !value) return false;
        query.emplace_back(std::move(*name), std::move(*value));
    }
    return true;
}

}  // namespace

std::optional<Target> read_target(std::string_view text) {
    text = text.substr(0, text.find('#'));
    std::size_t const mark = std::min(text.find('?'), text.size());
    Target target;
    auto path = decode(text.substr(0, mark), false);
    if (!path || path->empty() || path->front() != '/' || path->find("..") != std::string::npos) return std::nullopt;
    target.path = std::move(*path);
    if (!read_query(text.substr(std::min(text.size(), mark + 1)), target.query)) return std::nullopt;
    return target;
}

std::optional<std::string> find_value(Query const& query, std::string_view name) {
    for (auto const& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

void require_names(Query const& query, std::vector<std::string_view> const& known) {
    for (auto pair = query.begin(); pair != query.end(); ++pair) {
        if (std::find(known.begin(), known.end(), pair->first) == known.end())
            throw core::UsageError(
                fmt::format("'{}' is none of the names that there are: {}", pair->first, fmt::join(known, ", ")));
        if (std::any_of(query.begin(), pair, [&](auto const& earlier) { return earlier.first == pair->first; }))
            throw core::UsageError(fmt::format("'{}' is given twice; give it once", pair->first));
    }
}

}  // namespace tessera::web
