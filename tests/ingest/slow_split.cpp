#include "slow_split.hpp"

namespace tessera::ingest::testing {

std::string slow_trim(std::string text) {
    constexpr char blanks[] = " \t\r";
    auto const last = text.find_last_not_of(blanks);
    text.erase(last == std::string::npos ? 0 : last + 1);
    text.erase(0, text.find_first_not_of(blanks));
    return text;
}

std::vector<std::string> slow_split(std::string_view line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (char const c : line) {
        if (c == '"') quoted = !quoted;
        if (c == ',' && !quoted)
            fields.emplace_back();
        else
            fields.back() += c;
    }
    for (std::string& field : fields) {
        field = slow_trim(field);
        if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
            field = slow_trim(field.substr(1, field.size() - 2));
    }
    return fields;
}

}  // namespace tessera::ingest::testing
