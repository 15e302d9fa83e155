#pragma once
#include <boost/program_options.hpp>
#include <optional>
#include <string>

#include "tessera/query/filter.hpp"

namespace tessera::app {

namespace po = boost::program_options;

/// What --to says. In `replay` it may be given twice: as the end of the window, and as the place that trips go to.
enum class ToMeans { time, time_or_place };

/// Local. Adds --from, --to, --box, --on and --source.
void add_filter_options(po::options_description& options, ToMeans to = ToMeans::time);
/// Local. Reads them. Throws core::UsageError.
query::Filter read_filter(po::variables_map const& values);
/// Local. The --to that is a place: "-", or what has a '/' or a '.' in it and does not begin with a digit, as times do.
/// Nothing where there is none. Throws core::UsageError.
std::optional<std::string> read_to_place(po::variables_map const& values);

}  // namespace tessera::app
