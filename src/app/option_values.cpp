#include "tessera/app/option_values.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "tessera/core/civil_time.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

[[noreturn]] void refuse(char const* option, std::string_view given, std::string const& remedy) {
    throw core::UsageError(fmt::format("--{} {}: {}", option, given, remedy));
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::int64_t parse_integer(char const* option, std::string const& text, std::int64_t least, std::int64_t most) {
    auto const number = parse_number<std::int64_t>(text);
    if (!number || *number < least || *number > most)
        refuse(option, text, fmt::format("must be a whole number from {} to {}", least, most));
    return *number;
}

/// A longitude or a latitude, as an angle.
std::optional<std::int32_t> parse_angle(std::string_view text, double most_degrees) {
    auto const degrees = parse_number<double>(text);
    if (!degrees || !(*degrees >= -most_degrees && *degrees <= most_degrees)) return std::nullopt;
    return geo::angle_from_degrees(*degrees);
}

}  // namespace

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t const end = std::min(text.find(',', begin), text.size());
        words.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

std::optional<std::string> read_text(po::variables_map const& values, char const* option) {
    if (values.count(option) == 0) return std::nullopt;
    return values[option].as<std::string>();
}

std::int64_t read_integer(po::variables_map const& values, char const* option, std::int64_t least, std::int64_t most,
                          std::int64_t absent) {
    auto const text = read_text(values, option);
    return text ? parse_integer(option, *text, least, most) : absent;
}

std::vector<std::int64_t> read_integers(po::variables_map const& values, char const* option, std::int64_t least,
                                        std::int64_t most) {
    auto const text = read_text(values, option);
    std::vector<std::int64_t> numbers;
    if (!text) return numbers;
    for (std::string const& word : split_words(*text))
        numbers.push_back(parse_integer(option, word, least, most));
    return numbers;
}

std::optional<double> read_real(po::variables_map const& values, char const* option, double least, double most) {
    auto const text = read_text(values, option);
    if (!text) return std::nullopt;
    auto const number = parse_number<double>(*text);
    if (!number || !(*number >= least && *number <= most))
        refuse(option, *text, fmt::format("must be a number from {} to {}", least, most));
    return number;
}

std::optional<core::WallTime> read_time(po::variables_map const& values, char const* option) {
    auto const text = read_text(values, option);
    return text ? std::optional(parse_time(option, *text)) : std::nullopt;
}

core::WallTime parse_time(char const* option, std::string const& text) {
    auto const time = core::parse_wall_time(text);
    if (!time) refuse(option, text, "there is no such time; give 2014-04-01, 2014-04-01T08:00 or 2014-04-01T08:00:00");
    return *time;
}

std::uint32_t read_seconds(po::variables_map const& values, char const* option, std::uint32_t most,
                           std::uint32_t absent) {
    auto const text = read_text(values, option);
    if (!text) return absent;
    constexpr std::pair<char, std::uint32_t> units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', core::seconds_per_day}};
    std::string_view digits = *text;
    std::uint64_t unit_seconds = 1;
    for (auto const& [letter, seconds] : units)
        if (digits.ends_with(letter)) {
            unit_seconds = seconds;
            digits.remove_suffix(1);
            break;
        }
    auto const number = parse_number<std::uint32_t>(digits);
    if (!number || *number == 0 || *number * unit_seconds > most)
        refuse(option, *text,
               fmt::format("must be whole seconds, as 90, 60s, 15m, 1h or 1d, from 1 to {} in all", most));
    return static_cast<std::uint32_t>(*number * unit_seconds);
}

std::optional<geo::Point> read_point(po::variables_map const& values, char const* option) {
    auto const text = read_text(values, option);
    if (!text) return std::nullopt;
    auto const words = split_words(*text);
    auto const lon = words.size() == 2 ? parse_angle(words[0], 180) : std::nullopt;
    auto const lat = words.size() == 2 ? parse_angle(words[1], 90) : std::nullopt;
    if (!lon || !lat) refuse(option, *text, "must be LON,LAT in degrees, as in -73.9857,40.7484");
    return geo::Point{*lon, *lat};
}

std::optional<geo::Box> read_box(po::variables_map const& values, char const* option) {
    auto const text = read_text(values, option);
    if (!text) return std::nullopt;
    auto const words = split_words(*text);
    std::optional<std::int32_t> edges[4];
    for (std::size_t i = 0; i < 4 && words.size() == 4; ++i)
        edges[i] = parse_angle(words[i], i % 2 == 0 ? 180 : 90);
    if (!edges[0] || !edges[1] || !edges[2] || !edges[3])
        refuse(option, *text, "must be W,S,E,N in degrees, as in -74.02,40.70,-73.93,40.80");
    geo::Box const box{*edges[0], *edges[1], *edges[2], *edges[3]};
    if (box.west > box.east)
        refuse(option, *text, fmt::format("west {} lies east of east {}; the order is W,S,E,N", words[0], words[2]));
    if (box.south > box.north)
        refuse(option, *text, fmt::format("south {} lies north of north {}; the order is W,S,E,N", words[1], words[3]));
    return box;
}

}  // namespace tessera::app
