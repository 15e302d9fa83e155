#include "tessera/ingest/parse_block.hpp"

#include <array>
#include <cstring>
#include <limits>

#include "tessera/core/error.hpp"
#include "tessera/ingest/parse_row.hpp"
#include "tessera/ingest/split_line.hpp"

namespace tessera::ingest {
namespace {

/// Trips are gathered as rows and turned into columns a thousand at a time: a column's end is found once, not once a
/// row.
class TripBuffer {
  public:
    explicit TripBuffer(core::TripTable& table) : table_(table) {}
    core::Trip& next() { return rows_[used_]; }
    void keep_next() {
        if (++used_ == rows_.size()) flush();
    }
    void flush() {
        core::for_each_column([&](auto const& place) {
            auto& column = table_.*place.in_table;
            std::size_t const old = column.size();
            column.resize(old + used_);
            for (std::size_t i = 0; i < used_; ++i)
                column[old + i] = rows_[i].*place.in_trip;
        });
        used_ = 0;
    }

  private:
    core::TripTable& table_;
    std::array<core::Trip, 1024> rows_;
    std::size_t used_ = 0;
};

/// Calls line(text) for every line, without its end.
template <class Line>
void for_each_line(std::string_view text, char line_end, Line&& line) {
    while (!text.empty()) {
        void const* const found = std::memchr(text.data(), line_end, text.size());
        std::size_t const length =
            found ? static_cast<std::size_t>(static_cast<char const*>(found) - text.data()) : text.size();
        line(text.substr(0, length));
        text.remove_prefix(std::min(length + 1, text.size()));
    }
}

/// Makes room for as many rows as the text has lines of its first line's length, and some more: room that is not used
/// takes addresses but no memory, whereas growing copies every column several times.
void reserve_rows(core::TripTable& table, std::string_view text, char line_end) {
    std::size_t const first = std::max<std::size_t>(32, std::min(text.find(line_end), text.size()));
    std::size_t const rows = text.size() / first + text.size() / first / 4 + 1;
    core::for_each_column([&](auto const& place) { (table.*place.in_table).reserve(rows); });
}

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

}  // namespace

ParsedBlock parse_block(std::string_view text, InputFile const& file, core::FileId id, std::uint64_t first_line,
                        ParseOptions const& options) {
    ParsedBlock block;
    block.file = id;
    reserve_rows(block.trips, text, file.line_end);
    TripBuffer buffer(block.trips);
    RowParser parser(file.binding);
    std::uint64_t number = first_line;
    for_each_line(text, file.line_end, [&](std::string_view line) {
        core::LineNumber const here = line_number(number++, file.name);
        if (is_blank(line)) {
            ++block.counts.blank;
            return;
        }
        core::Trip& trip = buffer.next();
        auto fault = parser.parse(line, trip);
        if (!fault) fault = find_fault(trip, options.rules);
        if (fault) {
            block.counts.count(*fault);
            if (!options.keep_rejected) return;
            if (line.back() == '\r') line.remove_suffix(1);
            block.rejected.push_back({id, here, *fault, std::string(line)});
            return;
        }
        trip.file = id;
        trip.line = here;
        count_oddities(trip, block.counts);
        ++block.counts.kept;
        buffer.keep_next();
    });
    block.counts.lines = number - first_line;
    buffer.flush();
    return block;
}

void shift_lines(ParsedBlock& block, std::uint64_t by, std::string const& file_name) {
    auto const shift = [&](core::LineNumber& line) { line = line_number(line.count + by, file_name); };
    for (core::LineNumber& line : block.trips.line)
        shift(line);
    for (RejectedRow& row : block.rejected)
        shift(row.line);
}

}  // namespace tessera::ingest
