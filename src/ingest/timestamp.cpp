#include "tessera/ingest/timestamp.hpp"

#include <algorithm>
#include <cstring>

#include "tessera/core/civil_time.hpp"

namespace tessera::ingest {
namespace {

constexpr bool is_digit(char c) {
    return static_cast<unsigned char>(c - '0') < 10;
}

/// Reads a text from the left, piece by piece; each piece says whether it was there.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    /// A number of 1 to `most` digits; `digits` tells how many.
    bool number(unsigned& value, std::size_t most, std::size_t& digits) {
        digits = 0;
        value = 0;
        while (digits < most && digits < rest_.size() && is_digit(rest_[digits]))
            value = value * 10 + static_cast<unsigned>(rest_[digits++] - '0');
        rest_.remove_prefix(digits);
        return digits > 0;
    }
    bool number(unsigned& value, std::size_t most) {
        std::size_t digits = 0;
        return number(value, most, digits);
    }
    bool one_of(std::string_view characters, char& found) {
        if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
        found = rest_.front();
        rest_.remove_prefix(1);
        return true;
    }
    bool take(char c) {
        char found = 0;
        return one_of({&c, 1}, found);
    }
    bool at_end() const { return rest_.empty(); }
    std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
};

/// Midnight of a date in any of the orders.
std::optional<std::uint32_t> scan_date(Scanner& scanner) {
    unsigned first = 0, second = 0, third = 0;
    std::size_t first_digits = 0, third_digits = 0;
    char separator = 0;
    if (!scanner.number(first, 4, first_digits) || !scanner.one_of("-/", separator) || !scanner.number(second, 2) ||
        !scanner.take(separator) || !scanner.number(third, 4, third_digits))
        return std::nullopt;
    if (first_digits == 4 && third_digits <= 2) return core::days_of(static_cast<int>(first), second, third);
    if (first_digits > 2 || (third_digits != 4 && third_digits != 2)) return std::nullopt;
    return core::days_of(static_cast<int>(third_digits == 2 ? 2000 + third : third), first, second);
}

/// Seconds since midnight: "8:00", "08:00:00", "08:00:00.000", each also with " AM" or " PM".
std::optional<std::uint32_t> scan_clock(Scanner& scanner) {
    unsigned hour = 0, minute = 0, second = 0, fraction = 0;
    if (!scanner.number(hour, 2) || !scanner.take(':') || !scanner.number(minute, 2)) return std::nullopt;
    if (scanner.take(':') && (!scanner.number(second, 2) || (scanner.take('.') && !scanner.number(fraction, 9))))
        return std::nullopt;
    if (!scanner.at_end()) {
        scanner.take(' ');
        char half = 0;
        if (!scanner.one_of("AaPp", half) || !(scanner.take('M') || scanner.take('m'))) return std::nullopt;
        if (hour < 1 || hour > 12) return std::nullopt;
        hour = hour % 12 + (half == 'P' || half == 'p' ? 12 : 0);
    }
    if (!scanner.at_end() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return hour * 3600 + minute * 60 + second;
}

std::optional<core::WallTime> parse_any(std::string_view text) {
    Scanner scanner(text);
    auto const days = scan_date(scanner);
    char separator = 0;
    if (!days || !scanner.one_of(" T", separator)) return std::nullopt;
    auto const second = scan_clock(scanner);
    if (!second) return std::nullopt;
    return core::WallTime{*days * core::seconds_per_day + *second};
}

/// Seconds since midnight of exactly "HH:MM:SS".
std::optional<std::uint32_t> parse_fixed_clock(char const* at) {
    auto const two = [at](int i) {
        return is_digit(at[i]) && is_digit(at[i + 1]) ? static_cast<unsigned>((at[i] - '0') * 10 + (at[i + 1] - '0'))
                                                      : 99;
    };
    unsigned const hour = two(0), minute = two(3), second = two(6);
    if (hour > 23 || minute > 59 || second > 59 || at[2] != ':' || at[5] != ':') return std::nullopt;
    return hour * 3600 + minute * 60 + second;
}

}  // namespace

std::optional<core::WallTime> TimestampReader::parse(std::string_view text) {
    std::optional<core::WallTime> time;
    bool const fixed = text.size() == 19 && (text[10] == ' ' || text[10] == 'T');
    if (fixed && last_day_start_ != 0 && std::memcmp(text.data(), last_day_text_.data(), last_day_text_.size()) == 0)
        if (auto const clock = parse_fixed_clock(text.data() + 11)) time = core::WallTime{last_day_start_ + *clock};
    if (!time) {
        time = parse_any(text);
        if (time && fixed) {
            std::copy_n(text.data(), last_day_text_.size(), last_day_text_.begin());
            last_day_start_ = time->count - time->count % core::seconds_per_day;
        }
    }
    return time && core::is_known(*time) ? time : std::nullopt;
}

}  // namespace tessera::ingest
