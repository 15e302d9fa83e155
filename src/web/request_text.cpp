#include "tessera/web/request_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "tessera/core/error.hpp"
#include "tessera/report/quote.hpp"

namespace tessera::web {
namespace {

/// What a member of a request holds; of any other name, a text.
enum class Kind { text, number, numbers, words, flag };

Kind kind_of(std::string_view name) {
    constexpr std::array numbers{"k", "limit", "within_m"}, words{"by", "measure", "source"};
    constexpr std::array lists{"at", "box"};
    auto const among = [&](auto const& names) { return std::find(names.begin(), names.end(), name) != names.end(); };
    if (among(numbers)) return Kind::number;
    if (among(lists)) return Kind::numbers;
    if (among(words)) return Kind::words;
    return name == "count" ? Kind::flag : Kind::text;
}

std::size_t count_digits(std::string_view text) {
    auto const* const end = std::find_if_not(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return static_cast<std::size_t>(end - text.begin());
}

/// Whether a text is a number as JSON writes them (RFC 8259, section 6).
bool is_json_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    std::size_t const whole = count_digits(text);
    if (whole == 0 || (whole > 1 && text.front() == '0')) return false;
    text.remove_prefix(whole);
    if (text.starts_with('.')) {
        std::size_t const part = count_digits(text.substr(1));
        if (part == 0) return false;
        text.remove_prefix(part + 1);
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
        if (count_digits(text) == 0) return false;
        text.remove_prefix(count_digits(text));
    }
    return text.empty();
}

std::string number_text(std::string_view name, std::string_view value) {
    if (!is_json_number(value)) throw core::UsageError(fmt::format("{} must be a number, not '{}'", name, value));
    return std::string(value);
}

template <class Write>
std::string list_text(std::string_view values, Write&& write) {
    std::string text = "[";
    for (bool more = true; more;) {
        std::string_view const value = values.substr(0, values.find(','));
        more = value.size() < values.size();
        values.remove_prefix(std::min(values.size(), value.size() + 1));
        if (text.size() > 1) text += ',';
        text += write(value);
    }
    return text + ']';
}

std::string value_text(std::string const& name, std::string const& value) {
    switch (kind_of(name)) {
        case Kind::number:
            return number_text(name, value);
        case Kind::numbers:
            return list_text(value, [&](std::string_view one) { return number_text(name, one); });
        case Kind::words:
            return list_text(value, [](std::string_view one) { return report::quote_json(one); });
        case Kind::flag:
            if (value != "true" && value != "false")
                throw core::UsageError(fmt::format("{} must be true or false, not '{}'", name, value));
            return value;
        default:
            return report::quote_json(value);
    }
}

}  // namespace

std::string request_text(std::string_view operation, Query const& query) {
    std::string text = fmt::format("{{\"op\":\"{}\"", operation);
    for (auto const& [name, value] : query)
        text += fmt::format(",{}:{}", report::quote_json(name), value_text(name, value));
    return text + '}';
}

}  // namespace tessera::web
