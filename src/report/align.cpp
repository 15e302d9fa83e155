#include "tessera/report/align.hpp"

#include <algorithm>

namespace tessera::report {
namespace {

bool begins_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

/// Where in the text the character of that number begins.
std::size_t offset_of(std::string_view text, std::size_t character) {
    std::size_t offset = 0;
    for (; offset < text.size(); ++offset)
        if (begins_character(text[offset]) && character-- == 0) break;
    return offset;
}

}  // namespace

std::string align_columns(std::vector<std::vector<std::string>> const& rows, std::size_t left_columns) {
    std::vector<std::size_t> widths;
    for (auto const& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], characters_of(row[i]));
    }
    std::string text;
    for (auto const& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string const padding(widths[i] - characters_of(row[i]), ' ');
            if (i > 0) line += "  ";
            line += i < left_columns ? row[i] + padding : padding + row[i];
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

std::string captions_over(std::string_view table, std::string_view bar, std::vector<std::string_view> const& captions) {
    std::string_view const head = table.substr(0, table.find('\n'));
    std::string line;
    for (std::string_view const caption : captions) {
        std::size_t const place = head.find(bar, line.size());
        line.append(place - line.size(), ' ');
        line += bar;
        line += "  ";
        line += caption;
    }
    return line + '\n';
}

std::string elide_middle(std::string_view text, std::size_t width) {
    std::size_t const characters = characters_of(text);
    if (characters <= width) return std::string(text);
    std::size_t const kept = width - 3, front = kept / 2, back = kept - front;
    return std::string(text.substr(0, offset_of(text, front))) + "..." +
           std::string(text.substr(offset_of(text, characters - back)));
}

}  // namespace tessera::report
