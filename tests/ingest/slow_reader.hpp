#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/ingest/parse_block.hpp"

namespace tessera::ingest::testing {

/// All that a file's text holds: trips and rejected rows with their lines, in order, and the file's ledger, header and
/// all (duplicates are not looked for).
struct SlowFile {
    std::vector<core::Trip> trips;
    std::vector<RejectedRow> rejected;
    core::LedgerCounts counts;
};

/// Local. The slow, obvious reader: one line after the other, columns by their names, numbers and times by text.
/// Nothing for a file whose header nobody knows, or that has no rows.
std::optional<SlowFile> read_or_refuse_slowly(std::string_view text, core::FileId id, CleaningRules const& rules);
/// Local. The same of a file that is known to be one.
SlowFile read_slowly(std::string_view text, core::FileId id, CleaningRules const& rules);

}  // namespace tessera::ingest::testing
