#include "tessera/report/quote.hpp"

#include <nlohmann/json.hpp>

namespace tessera::report {

std::string quote_csv(std::string_view field) {
    std::string text = "\"";
    for (char const c : field) {
        if (c == '"') text += '"';
        text += c;
    }
    return text += '"';
}

std::string csv_field(std::string_view field) {
    bool const plain = field.find_first_of(",\"\r\n") == std::string_view::npos;
    return plain ? std::string(field) : quote_csv(field);
}

std::string quote_json(std::string_view value) {
    return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string replace_bad_utf8(std::string_view text) {
    return nlohmann::json::parse(quote_json(text)).get<std::string>();
}

}  // namespace tessera::report
