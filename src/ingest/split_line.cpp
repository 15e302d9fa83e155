#include "tessera/ingest/split_line.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace tessera::ingest {
namespace {

constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/// The text between a pair of quotes around a trimmed field, if there is one.
std::string_view unquote(std::string_view field) {
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
        return trim(field.substr(1, field.size() - 2));
    return field;
}

/// Calls found(position) for every comma, eight bytes at a time: a byte of `x` is zero where the text has a comma, and
/// the carry-free test for zero bytes sets just the top bit of each.
template <class Found>
void for_each_comma(std::string_view line, Found&& found) {
    constexpr std::uint64_t commas = 0x2c2c'2c2c'2c2c'2c2c, low = 0x7f7f'7f7f'7f7f'7f7f;
    std::size_t at = 0;
    if constexpr (std::endian::native == std::endian::little) {
        for (; at + 8 <= line.size(); at += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, line.data() + at, 8);
            std::uint64_t const x = word ^ commas;
            for (std::uint64_t hits = ~(((x & low) + low) | x | low); hits != 0; hits &= hits - 1)
                if (!found(at + static_cast<std::size_t>(std::countr_zero(hits)) / 8)) return;
        }
    }
    for (; at < line.size(); ++at)
        if (line[at] == ',' && !found(at)) return;
}

/// The slow way, for a line with quotes.
void split_quoted(std::string_view line, std::size_t most, std::vector<std::string_view>& fields) {
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t at = 0; at <= line.size() && fields.size() < most; ++at) {
        if (at < line.size() && line[at] == '"') quoted = !quoted;
        if (at < line.size() && (line[at] != ',' || quoted)) continue;
        fields.push_back(unquote(trim(line.substr(begin, at - begin))));
        begin = at + 1;
    }
}

}  // namespace

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

void split_line(std::string_view line, std::size_t most, std::vector<std::string_view>& fields) {
    fields.clear();
    if (!line.empty() && std::memchr(line.data(), '"', line.size()) != nullptr) return split_quoted(line, most, fields);
    std::size_t begin = 0;
    for_each_comma(line, [&](std::size_t comma) {
        fields.push_back(trim(line.substr(begin, comma - begin)));
        begin = comma + 1;
        return fields.size() < most;
    });
    if (fields.size() < most) fields.push_back(trim(line.substr(begin)));
}

}  // namespace tessera::ingest
