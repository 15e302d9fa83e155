#include "tessera/ingest/decimal.hpp"

#include <charconv>
#include <limits>

namespace tessera::ingest {
namespace {

constexpr int most_digits = 18;  // 10^18 < 2^62

constexpr bool is_digit(char c) {
    return static_cast<unsigned char>(c - '0') < 10;
}

/// The digits before the rounding position, as a number; those after it decide by the first alone, since rounding
/// half away from zero looks at nothing else.
class Digits {
  public:
    void take(char c) {
        if (position_ == cut_ && c >= '5') round_up_ = true;
        if (position_ < cut_) {
            if (significant_ < most_digits) value_ = value_ * 10 + (c - '0');  // one digit more, and it is full
            if (value_ != 0) ++significant_;
        }
        ++position_;
    }
    /// `cut`: how many of the digits that will be taken lie before the rounding position (may be negative).
    explicit Digits(long cut) : cut_(cut) {}
    std::optional<std::int64_t> value() {
        while (position_ < cut_ && value_ != 0 && significant_ <= most_digits)
            take('0');
        if (significant_ > most_digits) return std::nullopt;
        return value_ + (round_up_ ? 1 : 0);
    }
    bool full() const { return significant_ > most_digits; }

  private:
    long cut_;
    long position_ = 0;
    std::int64_t value_ = 0;
    int significant_ = 0;
    bool round_up_ = false;
};

/// The general form, exponent included: finds where the rounding position lies among the digits, then takes them.
std::optional<std::int64_t> parse_general(std::string_view text, int scale) {
    std::size_t end = 0, whole = 0;
    bool point = false;
    for (; end < text.size() && (is_digit(text[end]) || (text[end] == '.' && !point)); ++end) {
        if (text[end] == '.')
            point = true;
        else if (!point)
            ++whole;
    }
    if (end == (point ? 1U : 0U)) return std::nullopt;
    long exponent = 0;
    if (end < text.size()) {
        if (text[end] != 'e' && text[end] != 'E') return std::nullopt;
        char const* first = text.data() + end + 1;
        char const* const last = text.data() + text.size();
        if (first != last && *first == '+' && first + 1 != last && is_digit(first[1])) ++first;
        auto const [rest, error] = std::from_chars(first, last, exponent);
        if (error != std::errc() || rest != last || exponent > 400 || exponent < -400) return std::nullopt;
    }
    Digits digits(static_cast<long>(whole) + exponent + scale);
    for (char const c : text.substr(0, end)) {
        if (c != '.') digits.take(c);
        if (digits.full()) return std::nullopt;
    }
    return digits.value();
}

/// The usual form: at most 9 whole digits, perhaps a point and some more. Nothing when it is not that.
std::optional<std::int64_t> parse_usual(char const* at, char const* const end, int scale) {
    std::int64_t value = 0;
    char const* const begin = at;
    for (; at != end && is_digit(*at) && at - begin <= 9; ++at)
        value = value * 10 + (*at - '0');
    auto const whole = at - begin;
    if (whole > 9 || (at != end && *at++ != '.')) return std::nullopt;
    if (whole == 0 && (at == end || !is_digit(*at))) return std::nullopt;
    int kept = 0;
    for (; kept < scale && at != end && is_digit(*at); ++kept, ++at)
        value = value * 10 + (*at - '0');
    for (; kept < scale; ++kept)
        value *= 10;
    if (at != end && is_digit(*at) && *at >= '5') ++value;
    while (at != end && is_digit(*at))
        ++at;
    if (at != end) return std::nullopt;
    return value;
}

}  // namespace

std::optional<std::int64_t> parse_decimal(std::string_view text, int scale) {
    bool const negative = !text.empty() && text.front() == '-';
    if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
    auto magnitude = parse_usual(text.data(), text.data() + text.size(), scale);
    if (!magnitude) magnitude = parse_general(text, scale);
    if (magnitude && negative) return -*magnitude;
    return magnitude;
}

}  // namespace tessera::ingest
