#pragma once
#include <boost/program_options.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/core/units.hpp"
#include "tessera/geo/box.hpp"

namespace tessera::app {

namespace po = boost::program_options;

// All of these throw core::UsageError that names the option, the value given, and what would be right.

/// Local. A whole number between least and most; `absent` when the option is not given.
std::int64_t read_integer(po::variables_map const& values, char const* option, std::int64_t least, std::int64_t most,
                          std::int64_t absent);
/// Local. One or more of them, by comma; none when the option is not given.
std::vector<std::int64_t> read_integers(po::variables_map const& values, char const* option, std::int64_t least,
                                        std::int64_t most);
/// Local. A decimal number between least and most; nothing when the option is not given.
std::optional<double> read_real(po::variables_map const& values, char const* option, double least, double most);
/// Local. "2014-04-01T08:00", "2014-04-01T08:00:00" or a date.
std::optional<core::WallTime> read_time(po::variables_map const& values, char const* option);
/// Local. The same of a text that was given for the option.
core::WallTime parse_time(char const* option, std::string const& text);
/// Local. A length of time in whole seconds: "90", "60s", "15m", "1h" or "1d"; `absent` when the option is not given.
std::uint32_t read_seconds(po::variables_map const& values, char const* option, std::uint32_t most,
                           std::uint32_t absent);
/// Local. "W,S,E,N" in degrees.
std::optional<geo::Box> read_box(po::variables_map const& values, char const* option);
/// Local. "LON,LAT" in degrees.
std::optional<geo::Point> read_point(po::variables_map const& values, char const* option);
/// Local. The option's text; nothing when it is not given.
std::optional<std::string> read_text(po::variables_map const& values, char const* option);
/// Local. The words between commas.
std::vector<std::string> split_words(std::string_view text);

}  // namespace tessera::app
