#include "tessera/ingest/input_file.hpp"

#include <algorithm>
#include <cstddef>

#include "tessera/core/error.hpp"
#include "tessera/ingest/gzip.hpp"
#include "tessera/ingest/plain_file.hpp"
#include "tessera/ingest/split_line.hpp"

namespace tessera::ingest {
namespace {

constexpr std::size_t head_bytes = std::size_t{1} << 20;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

[[noreturn]] void refuse(InputFile const& file, std::string const& problem, std::string const& remedy) {
    throw core::DataError(core::describe({file.path, 0, "", ""}, problem, remedy));
}

/// The text's first bytes, inflated where need be; shorter than head_bytes only when they are the whole text.
std::string read_head(InputFile& file) {
    PlainFile const plain(file.path, file.path);
    file.bytes = plain.bytes();
    std::string head(std::min<std::uint64_t>(head_bytes, file.bytes + 1), '\0');  // a byte more than there should be
    head.resize(plain.read(0, head));
    if (head.empty()) refuse(file, "the file is empty", "leave it out");
    if (head.size() > file.bytes) refuse(file, "is no ordinary file: it holds more than its size", "copy it to a disk");
    file.gzip = head.starts_with("\x1f\x8b");
    if (!file.gzip && file.path.ends_with(".gz"))
        refuse(file, "the name ends in .gz but the data is not gzip", "rename it, or fetch it again");
    if (file.gzip) {
        head.resize(head_bytes);
        head.resize(GzipReader(file.path, file.path).read(head));
        if (head.empty()) refuse(file, "the file is empty once inflated", "leave it out");
    }
    return head;
}

/// Finds the header, the first line that is not blank; sets all but the binding.
std::string_view find_header(InputFile& file, std::string_view head) {
    std::size_t at = head.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    bool const classic_mac = head.find('\n') == std::string_view::npos && head.find('\r') != std::string_view::npos;
    file.line_end = classic_mac ? '\r' : '\n';
    for (file.header_line = 1; at < head.size(); ++file.header_line) {
        std::size_t const end = std::min(head.find(file.line_end, at), head.size());
        std::string_view const line = head.substr(at, end - at);
        at = std::min(end + 1, head.size());
        if (trim(line).empty()) continue;
        if (end == head_bytes) refuse(file, "the first line is longer than 1 MiB", "is this a CSV file?");
        file.body_begin = at;
        return line;
    }
    refuse(file, "the file has blank lines only", "leave it out");
}

double mean_line(std::string_view rows, char line_end) {
    auto const lines = std::ranges::count(rows, line_end);
    return static_cast<double>(rows.size()) / static_cast<double>(std::max<std::ptrdiff_t>(lines, 1));
}

bool is_all_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

InputFile inspect_file(std::string const& path, std::string const& name, std::optional<core::Source> wanted) {
    InputFile file;
    file.path = path;
    file.name = name;
    std::string const head = read_head(file);
    std::string_view const header = find_header(file, head);
    file.binding = bind_header(header, wanted, path, file.header_line);
    std::string_view const rows = std::string_view(head).substr(file.body_begin);
    if (head.size() < head_bytes && is_all_blank(rows))
        refuse(file, "the file has a header and no rows", "leave it out");
    file.line_bytes = mean_line(rows, file.line_end);
    return file;
}

}  // namespace tessera::ingest
