#include "tessera/synth/number_text.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cstring>

namespace tessera::synth {
namespace {

__extension__ typedef unsigned __int128 Wide;  // 17 digits times 2^31 need 81 bits

constexpr std::size_t last_tabled = 10'000;
constexpr std::size_t decimals = 15;

/// Writes 15 decimals and drops the zeros at the end, and the point when nothing is left.
char* write_decimals(char* out, std::uint64_t digits) {
    *out = '.';
    for (std::size_t i = decimals; i > 0; --i) {
        out[i] = static_cast<char>('0' + digits % 10);
        digits /= 10;
    }
    char* end = out + 1 + decimals;
    while (end[-1] == '0')
        --end;
    return end[-1] == '.' ? end - 1 : end;
}

/// Writes an angle (1e-7 degree), rounded to parts of a degree: a power of ten.
template <std::uint32_t parts>
char* write_angle(char* out, std::int32_t angle) {
    constexpr std::uint32_t unit = 10'000'000 / parts;
    std::uint32_t const size = angle < 0 ? 0U - static_cast<std::uint32_t>(angle) : static_cast<std::uint32_t>(angle);
    std::uint32_t rest = (size + unit / 2) / unit;
    if (angle < 0 && rest != 0) *out++ = '-';
    out = write_whole(out, rest / parts);
    rest %= parts;
    if (rest == 0) return out;
    *out++ = '.';
    for (std::uint32_t place = parts / 10; rest != 0; place /= 10) {
        *out++ = static_cast<char>('0' + rest / place);
        rest %= place;
    }
    return out;
}

}  // namespace

std::string double17_text(double value) {
    char buffer[40];
    double const size = value < 0 ? -value : value;
    if (size > 0 && size < 0.1) {
        auto const written = std::to_chars(buffer, std::end(buffer), value, std::chars_format::scientific, 16);
        std::string const text(buffer, written.ptr);
        auto const e = text.find('e');
        auto const exponent = -std::stoi(text.substr(e + 1));
        if (text[e - 1] != '0') return fmt::format("{}E-{}", text.substr(0, e), exponent);
    }
    auto const written = std::to_chars(buffer, std::end(buffer), value, std::chars_format::general, 17);
    return {buffer, written.ptr};
}

std::string hundredths_text(std::int64_t hundredths, HundredthStyle style) {
    if (style == HundredthStyle::double17) return double17_text(static_cast<double>(hundredths) / 100.0);
    std::string const sign = hundredths < 0 ? "-" : "";
    auto const size = hundredths < 0 ? -hundredths : hundredths;
    if (style == HundredthStyle::two_decimals_bare && size < 100) return fmt::format("{}.{:02}", sign, size);
    if (style != HundredthStyle::trimmed) return fmt::format("{}{}.{:02}", sign, size / 100, size % 100);
    if (size % 100 == 0) return fmt::format("{}{}", sign, size / 100);
    if (size % 10 == 0) return fmt::format("{}{}.{}", sign, size / 100, size / 10 % 10);
    return fmt::format("{}{}.{:02}", sign, size / 100, size % 100);
}

HundredthTexts::HundredthTexts(HundredthStyle style) : style_(style), entries_(last_tabled + 1) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        std::string const text = hundredths_text(static_cast<std::int64_t>(i), style);
        std::memcpy(entries_[i].text, text.data(), text.size());
        entries_[i].length = static_cast<std::uint8_t>(text.size());
    }
}

char* HundredthTexts::write(char* out, std::int32_t hundredths) const {
    if (hundredths >= 0 && static_cast<std::size_t>(hundredths) <= last_tabled) [[likely]] {
        Entry const& entry = entries_[static_cast<std::size_t>(hundredths)];
        std::memcpy(out, entry.text, sizeof entry.text);  // a copy of fixed length is two moves
        return out + entry.length;
    }
    std::string const text = hundredths_text(hundredths, style_);
    std::memcpy(out, text.data(), text.size());
    return out + text.size();
}

char* write_degrees(char* out, double degrees) {
    double const size = degrees < 0 ? -degrees : degrees;
    if (!(size >= 32.0 && size < 100.0)) {
        if (degrees == 0) {
            *out = '0';
            return out + 1;
        }
        std::string const text = double17_text(degrees);
        std::memcpy(out, text.data(), text.size());
        return out + text.size();
    }
    // size = mantissa * 2^-below with below = 47 (from 32) or 46 (from 64); two digits stand before the point, so 15
    // come after it: fraction * 10^15 / 2^below = fraction * 5^15 / 2^(below - 15), exact but for the last rounding.
    auto const bits = std::bit_cast<std::uint64_t>(size);
    std::uint64_t const mantissa = (bits & 0xfffffffffffff) | 0x10000000000000;
    unsigned const below = size < 64.0 ? 47 : 46;
    std::uint64_t const fraction = mantissa & ((std::uint64_t{1} << below) - 1);
    unsigned const shift = below - 15;
    Wide const scaled = Wide{fraction} * 30'517'578'125U + (Wide{1} << (shift - 1));
    auto const digits = static_cast<std::uint64_t>(scaled >> shift);
    if (degrees < 0) *out++ = '-';
    out = write_whole(out, static_cast<std::uint32_t>(mantissa >> below));
    return digits == 0 ? out : write_decimals(out, digits);
}

char* write_four_decimals(char* out, std::int32_t angle) {
    return write_angle<10'000>(out, angle);
}

char* write_five_decimals(char* out, std::int32_t angle) {
    return write_angle<100'000>(out, angle);
}

char* write_whole(char* out, std::uint32_t value) {
    return std::to_chars(out, out + 10, value).ptr;
}

}  // namespace tessera::synth
