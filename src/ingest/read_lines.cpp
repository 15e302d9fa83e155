#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "tessera/core/error.hpp"
#include "tessera/ingest/plain_file.hpp"
#include "tessera/ingest/rank_reader.hpp"

namespace tessera::ingest {
namespace {

/// Bytes read beyond a range at first, to end its last line.
constexpr std::size_t lookahead = 4096;

[[noreturn]] void refuse_shrunk(InputFile const& file) {
    throw core::DataError(core::describe({file.path, 0, "", ""}, "the file is shorter than it was a moment ago",
                                         "wait until it is written, then run again"));
}

/// One past the first line end at or after `from`, reading on as far as it takes, but no farther than a line may go on
/// that begins at `line`; `filled` bytes are in the buffer.
std::size_t find_end(std::size_t line, std::size_t from, PlainFile const& plain, std::uint64_t begin, char line_end,
                     std::string& buffer, std::size_t& filled) {
    while (true) {
        std::size_t const end = std::string_view(buffer.data(), filled).find(line_end, from);
        if (end != std::string_view::npos) return end + 1;
        if (filled - line > longest_line_bytes) return line + longest_line_bytes + 1;
        std::size_t const more = std::clamp(filled, lookahead, longest_line_bytes);
        buffer.resize(std::max(buffer.size(), filled + more));
        std::size_t const got = plain.read(begin + filled, std::span(buffer).subspan(filled, more));
        if (got == 0) return filled;  // the file ends without a line end
        from = filled;
        filled += got;
    }
}

}  // namespace

std::string_view read_lines(ByteRange const& range, InputFile const& file, std::string& buffer) {
    PlainFile const plain(file.path, file.path);
    // One byte before the range tells whether its first byte starts a line.
    bool const at_start = range.begin == file.body_begin;
    std::uint64_t const begin = at_start ? range.begin : range.begin - 1;
    std::size_t const owned = range.end - begin;
    buffer.resize(std::max(buffer.size(), owned + lookahead));
    std::size_t filled = plain.read(begin, std::span(buffer).first(owned + lookahead));
    if (filled < owned) refuse_shrunk(file);
    // A line that starts in the range has a line end before it, but for the body's first.
    std::string_view const before_starts(buffer.data(), owned - 1);
    std::size_t const first = at_start ? 0 : before_starts.find(file.line_end) + 1;
    if (!at_start && first == 0) return {};  // all of it is the inside of a line
    // The last owned line ends at the first line end at or after the last owned byte.
    std::size_t const last = before_starts.rfind(file.line_end) + 1;
    std::size_t const end = find_end(last, owned - 1, plain, begin, file.line_end, buffer, filled);
    return {buffer.data() + first, end - first};
}

}  // namespace tessera::ingest
