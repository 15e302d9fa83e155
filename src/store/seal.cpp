#include "seal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "tessera/core/error.hpp"
#include "writable_file.hpp"

namespace tessera::store {
namespace {

constexpr std::string_view seal_mark{"TESSERA\n", 8}, hdf5_mark{"\x89HDF\r\n\x1a\n", 8};

/// As it is in the file; numbers are little-endian.
struct SealBlock {
    std::array<char, 8> mark;
    std::uint32_t format_version;
    std::uint32_t crc;  ///< of this block, with 0 in place of this number, and then of the spans
    std::uint64_t file_bytes;
    std::uint64_t span_count;
    std::array<ByteSpan, 30> spans;  ///< those after the block that are sealed, ascending
};
static_assert(sizeof(SealBlock) == seal_bytes);

/// What lies between the columns, up to the end.
std::vector<ByteSpan> spans_between(std::vector<ByteSpan> columns, std::uint64_t end) {
    std::sort(columns.begin(), columns.end(), [](ByteSpan a, ByteSpan b) { return a.first < b.first; });
    columns.push_back({end, end});
    std::vector<ByteSpan> spans;
    std::uint64_t from = seal_bytes;
    for (ByteSpan const& column : columns) {
        if (from < column.first) spans.push_back({from, column.first});
        from = std::max(from, column.last);
    }
    return spans;
}

/// Shape: the spans lie in the file.
std::uint32_t crc_of_sealed(SealBlock block, DirectFile const& file) {
    block.crc = 0;
    std::uint32_t crc = crc_of(&block, sizeof block);
    std::vector<char> bytes(std::size_t{1} << 18);
    for (std::size_t i = 0; i < block.span_count; ++i)
        for (std::uint64_t at = block.spans[i].first; at < block.spans[i].last;) {
            std::size_t const size = std::min<std::uint64_t>(bytes.size(), block.spans[i].last - at);
            file.read(at, bytes.data(), size);
            crc = crc_of(bytes.data(), size, crc);
            at += size;
        }
    return crc;
}

/// Whether the spans ascend and end with the file: a seal that is damaged may say anything.
bool has_true_spans(SealBlock const& block) {
    std::uint64_t from = seal_bytes;
    for (std::size_t i = 0; i < block.span_count; ++i) {
        ByteSpan const span = block.spans[i];
        if (span.first < from || span.last <= span.first || span.last > block.file_bytes) return false;
        from = span.last;
    }
    return true;
}

}  // namespace

void write_seal(std::string const& path, std::uint32_t format_version, std::vector<ByteSpan> columns,
                std::uint64_t sealed_end) {
    DirectFile const file(path);
    auto const spans = spans_between(std::move(columns), sealed_end);
    SealBlock block{};
    std::copy(seal_mark.begin(), seal_mark.end(), block.mark.begin());
    block.format_version = format_version;
    block.file_bytes = file.version().bytes;
    if (spans.size() > block.spans.size()) throw core::DataError("the store lies in too many parts to be sealed");
    block.span_count = spans.size();
    std::copy(spans.begin(), spans.end(), block.spans.begin());
    block.crc = crc_of_sealed(block, file);
    WritableFile(path).write(&block, sizeof block, 0);
}

Beginning beginning_of(DirectFile const& file) {
    std::array<char, 32> bytes{};
    if (file.version().bytes < bytes.size()) return Beginning::other;
    file.read(0, bytes.data(), bytes.size());
    std::string_view const mark(bytes.data(), 8);
    if (mark == seal_mark) return Beginning::seal;
    // HDF5 says itself where in its file it began; its versions do so in one of two places.
    std::size_t const at = bytes[8] < 2 ? 24 : 12;
    bool const at_its_place = std::all_of(&bytes[at], &bytes[at] + 8, [](char byte) { return byte == 0; });
    return mark == hdf5_mark && at_its_place ? Beginning::hdf5 : Beginning::other;
}

void check_seal(DirectFile const& file) {
    std::uint64_t const bytes = file.version().bytes;
    SealBlock block{};
    if (bytes < sizeof block) throw core::DataError(fmt::format("it is cut short, to {} bytes", bytes));
    file.read(0, &block, sizeof block);
    bool const readable = block.span_count <= block.spans.size() && has_true_spans(block);
    if (readable && bytes != block.file_bytes)
        throw core::DataError(fmt::format("it has {} bytes and had {} when it was written{}", bytes, block.file_bytes,
                                          bytes < block.file_bytes ? ": it is cut short" : ""));
    if (!readable || crc_of_sealed(block, file) != block.crc)
        throw core::DataError(
            "its descriptions and tables are not what was written (the checksum at the file's beginning tells)");
}

}  // namespace tessera::store
