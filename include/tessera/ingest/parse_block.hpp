#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tessera/core/ledger.hpp"
#include "tessera/core/trip_rows.hpp"
#include "tessera/ingest/clean.hpp"
#include "tessera/ingest/input_file.hpp"

namespace tessera::ingest {

/// A longer line is malformed, whatever it holds, so that nobody need keep more of one in memory.
inline constexpr std::size_t longest_line_bytes = std::size_t{8} << 20;

struct RejectedRow {
    core::FileId file;
    core::LineNumber line;
    core::Reject reason;
    std::string text;  ///< the line as it stands in the file, without its line end; longest_line_bytes of it at most
};

/// What some whole lines of a file hold. Line numbers count from `first_line`, which whoever knows the lines before may
/// shift (`shift_lines`).
struct ParsedBlock {
    core::FileId file;
    core::TripRows trips;
    core::LedgerCounts counts;
    std::vector<RejectedRow> rejected;  ///< only where asked for
};

struct ParseOptions {
    CleaningRules rules;
    bool keep_rejected = false;
};

/// Local. Parses whole lines of a file's body. The last line may lack its line end, and of one that is too long there
/// may be its first longest_line_bytes + 1 alone.
ParsedBlock parse_block(std::string_view text, InputFile const& file, core::FileId id, std::uint64_t first_line,
                        ParseOptions const& options);

/// Local. Adds to every line number. Throws core::DataError where a line's number no longer fits a LineNumber.
void shift_lines(ParsedBlock& block, std::uint64_t by, std::string const& file_name);

}  // namespace tessera::ingest
