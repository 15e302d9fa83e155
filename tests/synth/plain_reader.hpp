#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/core/ledger.hpp"
#include "tessera/core/units.hpp"

namespace tessera::synth {

/// A kept row, by lower-case header name.
using PlainRow = std::map<std::string, std::string>;

struct PlainTrips {
    core::LedgerCounts ledger;
    std::vector<PlainRow> rows;                ///< kept
    std::vector<core::WallTime> pickup_times;  ///< of the kept rows
};

/// The slow, obvious reader: it knows header names and cleaning rules and nothing of layouts.
PlainTrips read_plainly(std::string_view bytes, char line_end = '\n');

/// The value of the first of these columns that a row has.
std::optional<std::string> value_of(PlainRow const& row, std::initializer_list<char const*> names);

}  // namespace tessera::synth
