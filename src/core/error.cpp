#include "tessera/core/error.hpp"

#include <fmt/format.h>

#include <system_error>

namespace tessera::core {

namespace {

/// Text from a file as it can be shown on a terminal: what is no printable character becomes \xNN.
std::string make_printable(std::string const& text) {
    std::string shown;
    for (char const c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
            shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else
            shown += c;
    return shown;
}

}  // namespace

std::string describe(InputPlace const& place, std::string const& problem, std::string const& remedy) {
    std::string text = place.file;
    if (place.line != 0) text += fmt::format(":{}", place.line);
    if (!place.column.empty()) text += fmt::format(": column '{}'", make_printable(place.column));
    if (!place.value.empty())
        text += fmt::format("{} value '{}'", place.column.empty() ? ":" : ",", make_printable(place.value));
    text += ": " + problem;
    if (!remedy.empty()) text += "; " + remedy;
    return text;
}

std::string system_error_text(int error_number) {
    return std::generic_category().message(error_number);
}

}  // namespace tessera::core
