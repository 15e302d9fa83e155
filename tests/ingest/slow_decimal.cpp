#include "slow_decimal.hpp"

#include <regex>

namespace tessera::ingest::testing {

std::optional<std::int64_t> slow_decimal(std::string const& text, int scale) {
    static std::regex const form(R"(([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?)");
    std::smatch part;
    if (!std::regex_match(text, part, form) || part.length(2) + part.length(3) == 0) return std::nullopt;
    long exponent = 0;
    if (part.length(4) > 8) return std::nullopt;
    if (part.length(4) > 0) exponent = std::stol(part[4]);
    if (exponent > 400 || exponent < -400) return std::nullopt;

    std::string digits = part[2].str() + part[3].str();
    long point = static_cast<long>(part.length(2)) + exponent + scale;
    for (; point < 0; ++point)
        digits.insert(digits.begin(), '0');
    while (static_cast<long>(digits.size()) < point)
        digits.push_back('0');
    std::string whole = digits.substr(0, static_cast<std::size_t>(point));
    std::string const fraction = digits.substr(static_cast<std::size_t>(point));
    while (whole.starts_with('0'))
        whole.erase(0, 1);
    if (whole.size() > 18) return std::nullopt;
    std::int64_t value = whole.empty() ? 0 : std::stoll(whole);
    if (fraction >= "5") ++value;  // half or more: away from zero
    return part[1] == "-" ? -value : value;
}

}  // namespace tessera::ingest::testing
