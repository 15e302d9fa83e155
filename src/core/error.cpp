#include "tessera/core/error.hpp"

#include <fmt/format.h>

#include <system_error>

namespace tessera::core {

std::string describe(InputPlace const& place, std::string const& problem, std::string const& remedy) {
    std::string text = place.file;
    if (place.line != 0) text += fmt::format(":{}", place.line);
    if (!place.column.empty()) text += fmt::format(": column '{}'", place.column);
    if (!place.value.empty()) text += fmt::format("{} value '{}'", place.column.empty() ? ":" : ",", place.value);
    text += ": " + problem;
    if (!remedy.empty()) text += "; " + remedy;
    return text;
}

std::string system_error_text(int error_number) {
    return std::generic_category().message(error_number);
}

}  // namespace tessera::core
