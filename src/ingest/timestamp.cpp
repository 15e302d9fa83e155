#include "tessera/ingest/timestamp.hpp"

#include <array>

#include "tessera/core/civil_time.hpp"
#include "tessera/ingest/digits.hpp"

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

/// Midnight of the first of each month of 2000 to 2099, in days since 1970, and the month's length: rows come in no
/// order of days, and reckoning a date takes longer than looking it up.
struct Month {
    std::uint32_t first_day = 0;
    std::uint32_t length = 0;
};
constexpr unsigned first_year = 2000, years = 100;
std::array<Month, years * 12> list_months() {
    std::array<Month, years * 12> months;
    for (unsigned i = 0; i < months.size(); ++i) {
        int const year = static_cast<int>(first_year + i / 12);
        months[i].first_day = *core::days_of(year, i % 12 + 1, 1);
        while (core::days_of(year, i % 12 + 1, months[i].length + 1))
            ++months[i].length;
    }
    return months;
}
std::array<Month, years* 12> const months = list_months();

constexpr unsigned byte_of(std::uint64_t word, unsigned byte) {
    return static_cast<unsigned>(word >> (8 * byte)) & 255;
}

/// Exactly "YYYY-MM-DD HH:MM:SS", or with a T: all its digits at once. Nothing where it is anything else.
std::optional<core::WallTime> parse_fixed(std::string_view text) {
    if constexpr (!has_words) return std::nullopt;
    if (text.size() != 19 || (text[10] != ' ' && text[10] != 'T')) return std::nullopt;
    // Signs are brought to what digits_of makes a zero, so that one test sees that all is as it should be.
    constexpr std::uint64_t minus = '-' ^ '0', colon = ':' ^ '0';
    std::uint64_t const date = digits_of(load_word(text.data())) ^ (minus << 32 | minus << 56);  // "YYYY-MM-"
    std::uint64_t const days = digits_of(load_word(text.data() + 8)) & 0xffff;                   // "DD"
    std::uint64_t const clock = digits_of(load_word(text.data() + 11)) ^ (colon << 16 | colon << 40);
    constexpr std::uint64_t date_signs = 0xff00'00ff'0000'0000, clock_signs = 0x0000'ff00'00ff'0000;
    if (flag_non_digits(date) | flag_non_digits(days) | flag_non_digits(clock) | (date & date_signs) |
        (clock & clock_signs))
        return std::nullopt;
    std::uint64_t const of_date = pairs_of(date), of_clock = pairs_of(clock);
    unsigned const year = byte_of(of_date, 0) * 100 + byte_of(of_date, 2), month = byte_of(of_date, 5);
    unsigned const day = byte_of(pairs_of(days), 0);
    unsigned const hour = byte_of(of_clock, 0), minute = byte_of(of_clock, 3), second = byte_of(of_clock, 6);
    if (year - first_year >= years || month - 1 >= 12 || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    Month const& found = months[(year - first_year) * 12 + month - 1];
    if (day - 1 >= found.length) return std::nullopt;
    return core::WallTime{(found.first_day + day - 1) * core::seconds_per_day + hour * 3600 + minute * 60 + second};
}

}  // namespace

std::optional<core::WallTime> parse_timestamp(std::string_view text) {
    if (auto const time = parse_fixed(text)) return time;
    auto const time = parse_any(text);
    return time && core::is_known(*time) ? time : std::nullopt;
}

}  // namespace tessera::ingest
