#include "tessera/ingest/parse_block.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "tessera/core/error.hpp"
#include "tessera/ingest/line_group.hpp"
#include "tessera/ingest/line_index.hpp"
#include "tessera/ingest/parse_row.hpp"
#include "tessera/ingest/split_line.hpp"

namespace tessera::ingest {
namespace {

bool is_blank(std::string_view line) {
    return line.empty() || (line.front() <= ' ' && trim(line).empty());
}

std::uint64_t last_line_number() {
    return std::numeric_limits<core::LineNumber::Rep>::max();
}

core::LineNumber line_number(std::uint64_t line, std::string const& file_name) {
    if (line > last_line_number())
        throw core::DataError(
            core::describe({file_name, line, "", ""}, "the file has more lines than a store can number", "split it"));
    return core::LineNumber{static_cast<core::LineNumber::Rep>(line)};
}

/// Parses line after line of a block.
class BlockParser {
  public:
    BlockParser(ParsedBlock& block, InputFile const& file, std::uint64_t first_line, ParseOptions const& options)
        : block_(block),
          file_(file),
          options_(options),
          parser_(file.binding),
          group_(file.binding),
          number_(first_line) {}

    /// Any line.
    void parse(std::string_view line) {
        core::LineNumber const here = next_number();
        if (line.size() > longest_line_bytes) return reject(line, here, core::Reject::malformed);
        if (is_blank(line)) {
            ++block_.counts.blank;
            return;
        }
        core::Trip& trip = block_.trips.next();
        finish(line, here, trip, parser_.parse(line, trip));
    }

    /// The lines that end in a text: as many together as can be.
    void parse(LineIndex const& index, std::string_view text) {
        std::size_t first = 0;
        group_.start(text.data());
        for (std::size_t i = 0; i < index.lines(); ++i) {
            auto const line = index.line(i);
            bool const suits = group_.suits(line) && !index.quotes() && line.end() + LineGroup::padding <= text.size();
            if (suits) group_.add(line);
            if (suits && !group_.is_full()) continue;
            parse_group(index, text, first);
            if (!suits) parse(text_of(line, text));
            first = i + 1;
        }
        parse_group(index, text, first);
    }

  private:
    static std::string_view text_of(LineIndex::Line const& line, std::string_view text) {
        return text.substr(line.begin(), line.end() - line.begin());
    }

    void parse_group(LineIndex const& index, std::string_view text, std::size_t first) {
        if (group_.size() == 0) return;
        group_.read();
        for (std::size_t i = 0; i < group_.size(); ++i) {
            std::string_view const line = text_of(index.line(first + i), text);
            if (group_.is_unusual(i)) {
                parse(line);
                continue;
            }
            core::LineNumber const here = next_number();
            core::Trip& trip = block_.trips.next();
            finish(line, here, trip, group_.parse(i, trip));
        }
        group_.start(text.data());
    }

    core::LineNumber next_number() {
        ++block_.counts.lines;
        return line_number(number_++, file_.name);
    }

    void finish(std::string_view line, core::LineNumber here, core::Trip& trip, std::optional<core::Reject> fault) {
        if (!fault) fault = find_fault(trip, options_.rules);
        if (fault) return reject(line, here, *fault);
        trip.file = block_.file;
        trip.line = here;
        count_oddities(trip, block_.counts);
        ++block_.counts.kept;
        block_.trips.keep();
    }

    void reject(std::string_view line, core::LineNumber number, core::Reject fault) {
        block_.counts.count(fault);
        if (!options_.keep_rejected) return;
        if (line.size() > longest_line_bytes)
            line = line.substr(0, longest_line_bytes);
        else if (line.back() == '\r')
            line.remove_suffix(1);
        block_.rejected.push_back({block_.file, number, fault, std::string(line)});
    }

    ParsedBlock& block_;
    InputFile const& file_;
    ParseOptions const& options_;
    RowParser parser_;
    LineGroup group_;
    std::uint64_t number_;
};

}  // namespace

ParsedBlock parse_block(std::string_view text, InputFile const& file, core::FileId id, std::uint64_t first_line,
                        ParseOptions const& options) {
    ParsedBlock block;
    block.file = id;
    BlockParser parser(block, file, first_line, options);
    LineIndex index;
    while (!text.empty()) {
        index.look_at(text.substr(0, LineIndex::most_bytes), file.line_end);
        parser.parse(index, text);
        if (index.lines() == 0) {  // the last line lacks its end, or this one is longer than an index
            std::string_view const line = text.substr(0, text.find(file.line_end));
            parser.parse(line);
            text.remove_prefix(std::min(line.size() + 1, text.size()));
        }
        text.remove_prefix(index.bytes());
    }
    return block;
}

void shift_lines(ParsedBlock& block, std::uint64_t by, std::string const& file_name) {
    if (auto const misfit = block.trips.shift_lines(by)) line_number(*misfit, file_name);  // throws
    for (RejectedRow& row : block.rejected)
        row.line = line_number(row.line.count + by, file_name);
}

}  // namespace tessera::ingest
