#include "slow_decimal.hpp"

#include <algorithm>

namespace tessera::ingest::testing {

namespace {

constexpr char const* all_digits = "0123456789";

/// Takes digits away from a text's begin.
std::string take_digits(std::string& rest) {
    std::string const digits = rest.substr(0, rest.find_first_not_of(all_digits));
    rest.erase(0, digits.size());
    return digits;
}
bool take_any(std::string& rest, std::string const& characters) {
    if (rest.empty() || characters.find(rest.front()) == std::string::npos) return false;
    rest.erase(0, 1);
    return true;
}

}  // namespace

std::optional<std::int64_t> slow_decimal(std::string const& text, int scale) {
    std::string rest = text;
    bool const negative = rest.starts_with('-');
    take_any(rest, "+-");
    std::string const before = take_digits(rest);
    std::string const behind = take_any(rest, ".") ? take_digits(rest) : "";
    if (before.empty() && behind.empty()) return std::nullopt;
    long exponent = 0;
    if (take_any(rest, "eE")) {
        bool const down = rest.starts_with('-');
        take_any(rest, "+-");
        std::string const power = take_digits(rest);
        std::size_t const zeros = std::min(power.find_first_not_of('0'), power.size());
        if (power.empty() || power.size() - zeros > 3) return std::nullopt;
        exponent = power.size() == zeros ? 0 : std::stol(power.substr(zeros));
        if (down) exponent = -exponent;
    }
    if (!rest.empty() || exponent > 400 || exponent < -400) return std::nullopt;

    std::string digits = before + behind;
    long point = static_cast<long>(before.size()) + exponent + scale;
    for (; point < 0; ++point)
        digits.insert(digits.begin(), '0');
    while (static_cast<long>(digits.size()) < point)
        digits.push_back('0');
    std::string whole = digits.substr(0, static_cast<std::size_t>(point));
    std::string const fraction = digits.substr(static_cast<std::size_t>(point));
    whole.erase(0, whole.find_first_not_of('0'));
    if (whole.size() > 18) return std::nullopt;
    std::int64_t value = whole.empty() ? 0 : std::stoll(whole);
    if (fraction >= "5") ++value;  // half or more: away from zero
    return negative ? -value : value;
}

}  // namespace tessera::ingest::testing
