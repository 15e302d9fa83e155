#include "tessera/report/literal.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "tessera/core/civil_time.hpp"

namespace tessera::report {
namespace {

/// The magnitude, also of the least integer, whose negative does not exist.
constexpr std::uint64_t magnitude_of(std::int64_t value) {
    auto const bits = static_cast<std::uint64_t>(value);
    return value < 0 ? 0 - bits : bits;
}

/// Writes the `width` last digits of a value up to `end`.
void put_digits(char* end, std::uint64_t value, unsigned width) {
    for (; width > 0; --width, value /= 10)
        *--end = static_cast<char>('0' + value % 10);
}

void append_unsigned(std::string& text, std::uint64_t value) {
    fmt::format_int const digits(value);
    text.append(digits.data(), digits.size());
}

}  // namespace

void append_integer(std::string& text, std::int64_t value) {
    if (value < 0) text += '-';
    append_unsigned(text, magnitude_of(value));
}

void append_count(std::string& text, std::uint64_t value) {
    append_unsigned(text, value);
}

void append_hundredths(std::string& text, std::int64_t hundredths) {
    std::uint64_t const magnitude = magnitude_of(hundredths);
    // The sign is written apart: -5 / 100 is 0, which has none.
    if (hundredths < 0) text += '-';
    append_unsigned(text, magnitude / 100);
    std::array<char, 3> decimals{'.'};
    put_digits(decimals.end(), magnitude % 100, 2);
    text.append(decimals.data(), decimals.size());
}

void append_degrees(std::string& text, std::int64_t angle) {
    constexpr std::uint64_t unit = core::angle_units_per_degree;
    std::uint64_t const magnitude = magnitude_of(angle), fraction = magnitude % unit;
    if (angle < 0) text += '-';
    append_unsigned(text, magnitude / unit);
    if (fraction == 0) return;
    std::array<char, 8> decimals{'.'};
    put_digits(decimals.end(), fraction, 7);
    std::size_t length = decimals.size();
    while (decimals[length - 1] == '0')
        --length;
    text.append(decimals.data(), length);
}

void append_metres(std::string& text, double metres) {
    fmt::format_to(std::back_inserter(text), "{:.3f}", metres);
}

void append_rounded(std::string& text, double value, int decimals) {
    std::size_t const start = text.size();
    fmt::format_to(std::back_inserter(text), "{:.{}f}", value, decimals);
    if (decimals > 0) {
        while (text.back() == '0')
            text.pop_back();
        if (text.back() == '.') text.pop_back();
    }
    if (text.compare(start, std::string::npos, "-0") == 0) text.erase(start, 1);
}

void append_time(std::string& text, core::WallTime time) {
    core::CivilTime const t = core::civil_of(time);
    std::array<char, 19> digits{'0', '0', '0', '0', '-', '0', '0', '-', '0', '0',
                                'T', '0', '0', ':', '0', '0', ':', '0', '0'};
    put_digits(&digits[4], static_cast<unsigned>(t.year), 4);
    put_digits(&digits[7], t.month, 2);
    put_digits(&digits[10], t.day, 2);
    put_digits(&digits[13], t.hour, 2);
    put_digits(&digits[16], t.minute, 2);
    put_digits(digits.end(), t.second, 2);
    text.append(digits.data(), digits.size());
}

std::string with_separators(std::uint64_t value) {
    std::string text = fmt::format_int(value).str();
    for (std::size_t left = text.size(); left > 3;)
        text.insert(left -= 3, 1, ',');
    return text;
}

}  // namespace tessera::report
