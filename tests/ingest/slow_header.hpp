#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tessera/core/codes.hpp"

namespace tessera::ingest::testing {

/// What the columns of a file are called, in its order: names in small letters.
using SlowNames = std::vector<std::string>;

/// Local. Who published a file with such columns; nothing where nobody did, or where one of the columns is there twice.
std::optional<core::Source> slow_source(SlowNames const& names);

/// Local. The place of the column that is meant, by any of its names; nothing where it is not there.
std::optional<std::size_t> slow_column(SlowNames const& names, core::Source source, std::string const& meaning);

/// Local. How many columns a row must have: up to the last one that means something.
std::size_t slow_width(SlowNames const& names, core::Source source);

}  // namespace tessera::ingest::testing
