#include "bare_parser.hpp"

#include <bit>
#include <cstring>

namespace tessera::bench {
namespace {

static_assert(std::endian::native == std::endian::little, "digits are taken eight at a time, the first lowest");

std::uint64_t load_eight(char const* p) {
    std::uint64_t word;
    std::memcpy(&word, p, sizeof word);
    return word;
}

/// The number of eight digits, by three multiplications.
std::uint32_t eight_digits(std::uint64_t word) {
    word = (word & 0x0f0f0f0f0f0f0f0f) * 2561 >> 8;
    word = (word & 0x00ff00ff00ff00ff) * 6553601 >> 16;
    return static_cast<std::uint32_t>((word & 0x0000ffff0000ffff) * 42949672960001 >> 32);
}

/// Leading digits among the eight bytes.
unsigned count_digits(std::uint64_t word) {
    constexpr std::uint64_t zeros = 0x3030303030303030, sixes = 0x0606060606060606;
    std::uint64_t const wrong = ((word ^ zeros) | ((word + sixes) ^ zeros)) & 0xf0f0f0f0f0f0f0f0;
    return wrong == 0 ? 8 : static_cast<unsigned>(std::countr_zero(wrong)) / 8;
}

/// Behind the next comma or line feed. Both are below all that fields are made of but blank, '+' and '"'.
char const* skip_field(char const* p) {
    while (*p != ',' && *p != '\n')
        ++p;
    return p + 1;
}

/// "-73.99477" in units of 10^-Decimals, what follows cut off; leaves p behind the field.
template <unsigned Decimals>
std::int32_t number(char const*& p) {
    constexpr std::uint32_t pow10[]{1, 10, 100, 1000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
    bool const minus = *p == '-';
    p += minus ? 1 : 0;
    std::uint32_t whole = 0;
    while (static_cast<unsigned char>(*p - '0') < 10)
        whole = whole * 10 + static_cast<std::uint32_t>(*p++ - '0');
    std::uint32_t part = 0;
    if (*p == '.') {
        std::uint64_t const word = load_eight(++p);
        unsigned const digits = count_digits(word);
        if (digits > 0) part = eight_digits(word << (64 - 8 * digits)) * pow10[8 - digits] / pow10[8 - Decimals];
        p += digits;
    }
    p = skip_field(p);
    auto const value = static_cast<std::int32_t>(whole * pow10[Decimals] + part);
    return minus ? -value : value;
}

/// "2014-04-01 00:39:00"; leaves p behind the field.
std::uint32_t seconds(char const*& p) {
    auto const two = [&](int at) { return static_cast<std::uint32_t>((p[at] - '0') * 10 + p[at + 1] - '0'); };
    constexpr std::uint32_t days_before[]{0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    std::uint32_t const year = two(2), month = two(5) & 15;
    std::uint32_t const leap_days = (year + 3) / 4 + (year % 4 == 0 && month > 2 ? 1 : 0);
    std::uint32_t const days = 10'957 + year * 365 + leap_days + days_before[month % 13] + two(8) - 1;
    std::uint32_t const time = days * 86'400 + two(11) * 3600 + two(14) * 60 + two(17);
    p += 20;
    return time;
}

}  // namespace

void BareTrips::resize(std::size_t rows) {
    for (auto* column : {&pickup_time, &dropoff_time})
        column->resize(rows);
    for (auto* column : {&pickup_lon, &pickup_lat, &dropoff_lon, &dropoff_lat, &distance, &fare, &tip, &tolls, &total})
        column->resize(rows);
    passengers.resize(rows);
}

std::size_t parse_bare(std::string_view lines, BareTrips& trips) {
    char const* p = lines.data();
    char const* const end = p + lines.size();
    std::size_t row = 0;
    for (; p < end; ++row) {
        p = skip_field(p);  // vendor
        trips.pickup_time[row] = seconds(p);
        trips.dropoff_time[row] = seconds(p);
        trips.passengers[row] = static_cast<std::uint8_t>(number<0>(p));
        trips.distance[row] = number<2>(p);
        trips.pickup_lon[row] = number<7>(p);
        trips.pickup_lat[row] = number<7>(p);
        p = skip_field(skip_field(p));  // rate, stored
        trips.dropoff_lon[row] = number<7>(p);
        trips.dropoff_lat[row] = number<7>(p);
        p = skip_field(p);  // payment
        trips.fare[row] = number<2>(p);
        p = skip_field(skip_field(p));  // surcharge, tax
        trips.tip[row] = number<2>(p);
        trips.tolls[row] = number<2>(p);
        trips.total[row] = number<2>(p);
    }
    return row;
}

}  // namespace tessera::bench
