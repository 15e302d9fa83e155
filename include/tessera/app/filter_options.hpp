#pragma once
#include <boost/program_options.hpp>

#include "tessera/query/filter.hpp"

namespace tessera::app {

namespace po = boost::program_options;

/// Local. Adds --from, --to, --box, --on and --source.
void add_filter_options(po::options_description& options);
/// Local. Reads them. Throws core::UsageError.
query::Filter read_filter(po::variables_map const& values);

}  // namespace tessera::app
